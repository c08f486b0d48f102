package dev.tidings.adapters.rest;

import dev.tidings.application.Fields;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.PushSubscription;
import dev.tidings.domain.recipient.Reach;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An address of a channel as callers write it: as text, or as a browser gives it away. */
final class GivenReach {

    private static final String CHANNEL = "channel";
    private static final String ADDRESS = "address";
    private static final String SUBSCRIPTION = "subscription";

    private GivenReach() {}

    /** Absent where something is wrong with it. */
    static @Nullable Reach from(JsonObject body, Fields fields) {
        Channel channel = fields.required(CHANNEL, body.text(CHANNEL, fields), Words.of(Channel.class));
        String address = body.text(ADDRESS, fields);
        JsonObject subscription = body.object(SUBSCRIPTION, fields);
        if (subscription == null) {
            return reach(channel, address, fields);
        }
        if (address != null) {
            fields.wrong(ADDRESS, "must be left out where there is a subscription");
        }
        if (channel != null && channel != Channel.PUSH) {
            fields.wrong(SUBSCRIPTION, "is for push alone");
        }
        PushSubscription browser = subscription(subscription, fields);
        return channel == null || browser == null ? null : new Reach(channel, browser);
    }

    private static @Nullable Reach reach(@Nullable Channel channel, @Nullable String address, Fields fields) {
        if (channel == null) {
            var _ = fields.required(ADDRESS, address, given -> given);
            return null;
        }
        return fields.required(ADDRESS, address, given -> new Reach(channel, Address.of(channel, given)));
    }

    private static @Nullable PushSubscription subscription(JsonObject given, Fields fields) {
        Fields inside = new Fields();
        String endpoint = inside.required("endpoint", given.text("endpoint", inside), text -> text);
        given.anything("expirationTime");
        JsonObject keys = given.object("keys", inside);
        String p256dh = null;
        String auth = null;
        if (keys == null) {
            inside.wrong("keys", "is missing");
        } else {
            p256dh = inside.required("keys.p256dh", keys.text("p256dh", inside), text -> text);
            auth = inside.required("keys.auth", keys.text("auth", inside), text -> text);
        }
        given.nothingElse(inside);
        inside.problem()
                .ifPresent(problem -> problem.errors()
                        .forEach(error -> fields.wrong(SUBSCRIPTION + "." + error.field(), error.problem())));
        return endpoint == null || p256dh == null || auth == null ? null : browser(endpoint, p256dh, auth, fields);
    }

    private static @Nullable PushSubscription browser(String endpoint, String p256dh, String auth, Fields fields) {
        return fields.required(SUBSCRIPTION, endpoint, text -> PushSubscription.of(text, p256dh, auth));
    }

    /** As a path has them. */
    static Reach parse(String channel, String address) {
        Fields fields = new Fields();
        Reach reach = reach(fields.required(CHANNEL, channel, Words.of(Channel.class)), address, fields);
        fields.check();
        return Objects.requireNonNull(reach);
    }

    @Schema(description = "What PushSubscription.toJSON() yields in a browser (W3C Push API).")
    record Subscription(
            @Schema(description = "Where messages to it are posted.", example = "https://push.example/send/dpH5lCsTSSM")
            String endpoint,

            @Schema(
                    name = "expirationTime",
                    types = {"number", "null"},
                    description = "Not looked at: an expired one is told as gone.")
            @Nullable Double expirationTime,

            Keys keys) {}

    @Schema(description = "What messages to a browser are encrypted with.")
    record Keys(
            @Schema(
                    description = "Its public key.",
                    example = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4")
            String p256dh,

            @Schema(description = "The secret shared with it.", example = "BTBZMqHH6r4Tts7J_aSIgg")
            String auth) {}
}
