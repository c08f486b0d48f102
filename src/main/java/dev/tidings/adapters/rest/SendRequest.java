package dev.tidings.adapters.rest;

import dev.tidings.application.Fields;
import dev.tidings.application.acceptance.ComposeNotifications;
import dev.tidings.application.acceptance.ComposeNotifications.Wishes;
import dev.tidings.application.acceptance.SendByChannels.Order;
import dev.tidings.application.acceptance.Timing;
import dev.tidings.application.contact.PhoneNumbers;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.recipient.UserId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

@Schema(description = "A request to tell one person something.")
record SendRequest(
        @Schema(
                description = "What it is about: one of the configured types.",
                requiredMode = Schema.RequiredMode.REQUIRED,
                example = "password_reset")
        @Nullable String notificationType,

        @Schema(
                description = "By which channel, where it is one. When there is neither this nor channels: the one that"
                        + " the recipient given is for.",
                allowableValues = {"email", "sms", "whatsapp", "push"},
                example = "email")
        @Nullable String channel,

        @Schema(
                description = "Instead of channel: by which channels. By all at the same time, unless there is a"
                        + " fallback. Channels by which the person can't be reached are left out.",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                example = "[\"push\", \"sms\"]")
        List<String> channels,

        @Schema(description = "One channel after the other: each only if none before it has come far enough by then.")
        @Nullable Fallback fallback,

        @Schema(
                description = "To whom, by email. Of a person with a userid who has registered an address, none is"
                        + " needed here; so it is with the other channels.",
                format = "email",
                maxLength = 254,
                example = "ada@example.org")
        @Nullable String recipientEmail,

        @Schema(description = "To whom, by sms or whatsapp, with the country code.", example = "+12025550100") @Nullable String recipientPhone,

        @Schema(
                description = "To whom, by push: an FCM registration token.",
                maxLength = 4096,
                example = "simulator:delivered")
        @Nullable String recipientToken,

        @Schema(description = "To whom, by push: a browser's subscription, as its toJSON() gives it.") @Nullable Subscription recipientSubscription,

        @Schema(
                description = "The subject, in one line. Required with ready text by email; a template brings its own."
                        + " By push it is the title.",
                maxLength = 998,
                example = "Reset your password")
        @Nullable String subject,

        @Schema(
                description = "The name of a template, or the text itself.",
                requiredMode = Schema.RequiredMode.REQUIRED,
                minLength = 1,
                example = "password_reset")
        @Nullable String content,

        @Schema(
                description = "What the template needs: strings, numbers, booleans, and lists and objects of those."
                        + " At most 100, each at most 64 KiB and nested at most 5 deep.",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                maxProperties = JsonValues.MOST_VALUES,
                additionalProperties = Schema.AdditionalPropertiesValue.TRUE,
                example = Examples.TEMPLATE_VARS)
        Map<String, Object> templateVars,

        @Schema(
                description = "The person, as the caller knows them: their preferences are heeded, and it is in their"
                        + " history.",
                maxLength = 128,
                example = "a1b2c3d4e5f6789012345678901234ab")
        @Nullable String userid,

        @Schema(
                description =
                        "The one provider that may have it (see GET /providers); any of the channel's when absent.",
                example = "smtp")
        @Nullable String providerId,

        @Schema(
                description = "By push: for the app.",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                example = "{\"order\": \"42\"}")
        Map<String, String> data,

        @Schema(
                description = "By sms and whatsapp: a picture or a document that goes with it, where the provider can.",
                format = "uri",
                example = "https://media.example/receipt.png")
        @Nullable String mediaUrl,

        @Schema(
                description = "For the provider, by the names that it documents, such as instance.",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                example = "{\"instance\": \"sales\"}")
        Map<String, String> providerOptions,

        @Schema(
                description = "How urgent it is; the type's own when absent.",
                allowableValues = {"instant", "high", "normal", "low"},
                example = "instant")
        @Nullable String priority,

        @Schema(
                description = "When it goes out (RFC 3339), at most 366 days ahead; at once when absent.",
                format = "date-time",
                example = "2026-12-24T08:00:00Z")
        @Nullable String sendAt,

        @Schema(
                description = "Instead of send_at: so many seconds from now.",
                minimum = "0",
                maximum = "31622400",
                example = "3600")
        @Nullable Long delaySeconds,

        @Schema(
                description = "When it is of no use any more (RFC 3339): what was not sent by then has expired.",
                format = "date-time",
                example = "2026-12-25T08:00:00Z")
        @Nullable String expiresAt,

        @Schema(
                description = "Instead of expires_at: so many seconds from the time on at which it goes out.",
                minimum = "1",
                maximum = "31622400",
                example = "86400")
        @Nullable Long ttlSeconds,

        @Schema(
                description = "Whether it is suppressed when the same was accepted for the same address a moment ago"
                        + " (30 minutes, unless configured otherwise). true when absent.",
                example = "true")
        @Nullable Boolean deduplicate) {

    private static final long MOST_SECONDS = Timing.FARTHEST.toSeconds();
    private static final int LONGEST_URL = 2_048;

    // This stands in for what can't be used, so that the rest is looked at, too.
    private static final NotificationType ANYTHING = new NotificationType("anything");

    @Schema(description = "When the next channel is used.")
    record Fallback(
            @Schema(
                    description = "So long each waits for those before it.",
                    minimum = "1",
                    maximum = "604800",
                    example = "120")
            @Nullable Long afterSeconds,

            @Schema(
                    description = "How far one of those before must come to make the rest needless; delivered when"
                            + " absent. Not every provider tells more than that it has sent a message.",
                    allowableValues = {"sent", "delivered", "read"},
                    example = "delivered")
            @Nullable String unless) {}

    @Schema(description = "A browser's PushSubscription.")
    record Subscription(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    format = "uri",
                    example = "https://simulator.example/delivered")
            @Nullable String endpoint,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable Keys keys) {

        @Schema(description = "With which messages to it are encrypted (RFC 8291).")
        record Keys(
                @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = Examples.P256DH) @Nullable String p256dh,

                @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "AAAAAAAAAAAAAAAAAAAAAA") @Nullable String auth) {}
    }

    static SendRequest from(JsonObject body, Fields fields) {
        return new SendRequest(
                body.text("notification_type", fields),
                body.text("channel", fields),
                body.texts("channels", 4, fields),
                fallback(body.object("fallback", fields), fields),
                body.text("recipient_email", fields),
                body.text("recipient_phone", fields),
                body.text("recipient_token", fields),
                subscription(body.object("recipient_subscription", fields), fields),
                body.text("subject", fields),
                body.text("content", fields),
                body.values("template_vars", fields),
                body.text("userid", fields),
                body.text("provider_id", fields),
                body.textsByName("data", fields),
                body.text("media_url", fields),
                body.textsByName("provider_options", fields),
                body.text("priority", fields),
                body.text("send_at", fields),
                body.wholeNumber("delay_seconds", 0, MOST_SECONDS, fields),
                body.text("expires_at", fields),
                body.wholeNumber("ttl_seconds", 1, MOST_SECONDS, fields),
                body.yesOrNo("deduplicate", fields));
    }

    private static @Nullable Fallback fallback(@Nullable JsonObject object, Fields fields) {
        if (object == null) {
            return null;
        }
        Fields inside = new Fields();
        Fallback fallback = new Fallback(
                object.wholeNumber("after_seconds", 1, SendRoutes.LONGEST_WAIT, inside), object.text("unless", inside));
        object.nothingElse(inside);
        SendRoutes.within("fallback", inside, fields);
        return fallback;
    }

    static @Nullable Subscription subscription(@Nullable JsonObject object, Fields fields) {
        if (object == null) {
            return null;
        }
        Fields inside = new Fields();
        String endpoint = object.text("endpoint", inside);
        JsonObject keys = object.object("keys", inside);
        SendRoutes.within("recipient_subscription", inside, fields);
        return new Subscription(
                endpoint,
                keys == null ? null : new Subscription.Keys(keys.text("p256dh", fields), keys.text("auth", fields)));
    }

    Order toOrder(RequestContext context, IdempotencyKey key, PhoneNumbers phones, Fields fields) {
        NotificationType type = fields.required("notification_type", notificationType, NotificationType::new);
        UserId user = fields.optional("userid", userid, UserId::new);
        SendRoutes routes = SendRoutes.of(this, user != null, phones, fields);
        String text = fields.required("content", content, given -> given);
        return new Order(
                new ComposeNotifications.Request(
                        context,
                        key.source(context.serviceId()),
                        null,
                        user,
                        routes.firstChannel(),
                        routes.anyAddress(),
                        null,
                        null,
                        Objects.requireNonNullElse(type, ANYTHING),
                        fields.optional("subject", subject, given -> given),
                        Objects.requireNonNullElse(text, ""),
                        templateVars,
                        fields.optional("priority", priority, Words.of(Lane.class)),
                        new Timing(
                                fields.optional("send_at", sendAt, Times::parse),
                                seconds(delaySeconds),
                                fields.optional("expires_at", expiresAt, Times::parse),
                                seconds(ttlSeconds)),
                        Boolean.FALSE.equals(deduplicate),
                        wishes(fields)),
                routes.given(),
                routes.plan());
    }

    private Wishes wishes(Fields fields) {
        ProviderName provider = fields.optional("provider_id", providerId, ProviderName::new);
        URI media = fields.optional("media_url", mediaUrl, SendRequest::url);
        return provider == null && data.isEmpty() && media == null && providerOptions.isEmpty()
                ? Wishes.NONE
                : new Wishes(provider, data, media, providerOptions);
    }

    private static URI url(String text) {
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be an https address", e);
        }
        if (!"https".equals(url.getScheme()) || url.getHost() == null || text.length() > LONGEST_URL) {
            throw new IllegalArgumentException("must be an https address of at most " + LONGEST_URL + " characters");
        }
        return url;
    }

    private static @Nullable Duration seconds(@Nullable Long seconds) {
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }
}
