package dev.tidings.adapters.rest;

import dev.tidings.application.Fields;
import dev.tidings.application.acceptance.ComposeNotifications;
import dev.tidings.application.acceptance.Timing;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.UserId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

@Schema(description = "A request for one notification.")
record SendRequest(
        @Schema(
                description = "What it is about: one of the configured types.",
                requiredMode = Schema.RequiredMode.REQUIRED,
                example = "password_reset")
        @Nullable String notificationType,

        @Schema(
                description = "To whom.",
                requiredMode = Schema.RequiredMode.REQUIRED,
                format = "email",
                maxLength = 254,
                example = "ada@example.org")
        @Nullable String recipientEmail,

        @Schema(
                description = "The subject, in one line. Required with ready text; a template brings its own.",
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

    // These stand in for what can't be used, so that the rest is looked at, too.
    private static final EmailAddress ANYBODY = new EmailAddress("anybody@example.org");
    private static final NotificationType ANYTHING = new NotificationType("anything");

    static SendRequest from(JsonObject body, Fields fields) {
        return new SendRequest(
                body.text("notification_type", fields),
                body.text("recipient_email", fields),
                body.text("subject", fields),
                body.text("content", fields),
                body.values("template_vars", fields),
                body.text("userid", fields),
                body.text("priority", fields),
                body.text("send_at", fields),
                body.wholeNumber("delay_seconds", 0, MOST_SECONDS, fields),
                body.text("expires_at", fields),
                body.wholeNumber("ttl_seconds", 1, MOST_SECONDS, fields),
                body.yesOrNo("deduplicate", fields));
    }

    ComposeNotifications.Request toRequest(RequestContext context, IdempotencyKey key, Fields fields) {
        NotificationType type = fields.required("notification_type", notificationType, NotificationType::new);
        EmailAddress recipient = fields.required("recipient_email", recipientEmail, EmailAddress::new);
        String text = fields.required("content", content, given -> given);
        return new ComposeNotifications.Request(
                context,
                key.source(context.serviceId()),
                null,
                fields.optional("userid", userid, UserId::new),
                Channel.EMAIL,
                Objects.requireNonNullElse(recipient, ANYBODY),
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
                ComposeNotifications.Wishes.NONE);
    }

    private static @Nullable Duration seconds(@Nullable Long seconds) {
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }
}
