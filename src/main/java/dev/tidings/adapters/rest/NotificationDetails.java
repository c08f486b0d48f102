package dev.tidings.adapters.rest;

import dev.tidings.application.notification.NotificationReads.Found;
import dev.tidings.application.notification.NotificationView;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import dev.tidings.domain.notification.Particulars;
import dev.tidings.domain.notification.TemplateRef;
import dev.tidings.domain.recipient.Channel;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Schema(description = "Where a notification stands.")
record NotificationDetails(
        @Schema(example = "0192f0c4-7d1e-7cc3-9d1b-0f6a4f5e2b3c")
        String notificationId,

        @Schema(
                description =
                        "scheduled: goes out at send_at; queued: waits to be sent; retrying: failed for now, or nobody knows whether it arrived, and it goes"
                                + " again; held: nobody knows whether it arrived, and a person has to decide; sent:"
                                + " accepted by the provider; delivered: on the person's device, or in their mailbox;"
                                + " bounced: accepted by the provider, which could not deliver it; failed: given up; suppressed: not to be sent, and reason"
                                + " says why; cancelled: taken back in time; expired: it came to be of no use before it"
                                + " was sent.",
                allowableValues = {
                    "scheduled",
                    "queued",
                    "retrying",
                    "held",
                    "sent",
                    "delivered",
                    "bounced",
                    "failed",
                    "suppressed",
                    "cancelled",
                    "expired"
                },
                example = "sent")
        String status,

        @Schema(description = "Why it was suppressed, failed or is being tried again.", example = "welcome is off")
        @Nullable String reason,

        @Schema(example = "password_reset") String notificationType,
        @Schema(example = "email") String channel,

        @Schema(description = "The lane it takes: instant before high before normal before low.", example = "instant")
        String priority,

        @Schema(description = "Absent for ready content.") @Nullable Template template,

        @Schema(example = "a1b2c3d4e5f6789012345678901234ab") @Nullable String userid,

        @Schema(description = "By email; absent once the person was erased.", example = "ada@example.org") @Nullable String recipientEmail,

        @Schema(description = "By sms and whatsapp; absent once the person was erased.", example = "+12025550100")
        @Nullable String recipientPhone,

        @Schema(description = "Absent once the person was erased.", example = "Reset your password") @Nullable String subject,

        @Schema(description = "How many were made so far.", example = "1")
        int attempts,

        @Schema(
                description =
                        "How many of them may have arrived, or not: nobody knows. POST …/resolve says what is to be"
                                + " thought of them.",
                example = "0")
        int unknownAttempts,

        @Schema(description = "The provider that was tried last.", example = "smtp") @Nullable String provider,

        @Schema(description = "The service that asked for it.", example = "default")
        String serviceId,

        @Schema(description = "The correlation id it was asked for under.", example = "checkout-42") @Nullable String correlationId,

        @Schema(example = "2026-01-31T12:00:00.000Z") Instant requestedAt,
        @Schema(example = "2026-01-31T12:00:00.012Z") Instant updatedAt,

        @Schema(
                description = "When it will be tried next; absent when it has ended or is held.",
                example = "2026-01-31T12:00:05.000Z")
        @Nullable Instant nextAttemptAt,

        @Schema(description = "When it goes out; present while it is scheduled.", example = "2026-12-24T08:00:00.000Z")
        @Nullable Instant sendAt,

        @Schema(
                description = "When it is of no use any more; absent when it always is.",
                example = "2026-12-25T08:00:00.000Z")
        @Nullable Instant expiresAt,

        Links links) {

    @Schema(description = "The template that it was rendered from, and which state of it.")
    record Template(
            @Schema(example = "password_reset") String name,
            @Schema(example = "3f2a9c01") String version) {

        static @Nullable Template from(@Nullable TemplateRef ref) {
            return ref == null ? null : new Template(ref.name(), ref.version());
        }
    }

    @Schema(description = "Where to look next.")
    record Links(
            @Schema(example = "/notifications/0192f0c4-7d1e-7cc3-9d1b-0f6a4f5e2b3c")
            String self,

            @Schema(example = "/notifications/0192f0c4-7d1e-7cc3-9d1b-0f6a4f5e2b3c/timeline")
            String timeline) {

        static Links to(NotificationId id) {
            String self = "/notifications/" + id;
            return new Links(self, self + "/timeline");
        }
    }

    static NotificationDetails from(Found found) {
        NotificationView view = found.view();
        Particulars particulars = view.particulars();
        return new NotificationDetails(
                view.notificationId().toString(),
                Words.of(view.status()),
                view.reason(),
                particulars.type().value(),
                Words.of(particulars.channel()),
                Words.of(particulars.lane()),
                Template.from(particulars.template()),
                text(particulars.userId()),
                particulars.channel() == Channel.EMAIL ? found.recipient() : null,
                isByPhone(particulars.channel()) ? found.recipient() : null,
                found.subject(),
                view.attempts(),
                view.doubtful(),
                text(view.provider()),
                particulars.serviceId().value(),
                found.context().correlationId(),
                particulars.requestedAt(),
                view.updatedAt(),
                view.dueAt(),
                view.status() == NotificationStatus.SCHEDULED ? view.dueAt() : null,
                particulars.expiresAt(),
                Links.to(view.notificationId()));
    }

    private static boolean isByPhone(Channel channel) {
        return switch (channel) {
            case SMS, WHATSAPP -> true;
            case EMAIL, PUSH -> false;
        };
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
