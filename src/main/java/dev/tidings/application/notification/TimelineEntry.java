package dev.tidings.application.notification;

import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.NotificationEvent;
import dev.tidings.domain.notification.NotificationEvent.AttemptFailed;
import dev.tidings.domain.notification.NotificationEvent.AttemptFailedOver;
import dev.tidings.domain.notification.NotificationEvent.AttemptOutcomeUnknown;
import dev.tidings.domain.notification.NotificationEvent.AttemptPostponed;
import dev.tidings.domain.notification.NotificationEvent.AttemptRecorded;
import dev.tidings.domain.notification.NotificationEvent.Intervened;
import dev.tidings.domain.notification.NotificationEvent.NotificationBounced;
import dev.tidings.domain.notification.NotificationEvent.NotificationCancelled;
import dev.tidings.domain.notification.NotificationEvent.NotificationComplained;
import dev.tidings.domain.notification.NotificationEvent.NotificationDelivered;
import dev.tidings.domain.notification.NotificationEvent.NotificationExpired;
import dev.tidings.domain.notification.NotificationEvent.NotificationFailed;
import dev.tidings.domain.notification.NotificationEvent.NotificationRead;
import dev.tidings.domain.notification.NotificationEvent.NotificationRedriven;
import dev.tidings.domain.notification.NotificationEvent.NotificationRequested;
import dev.tidings.domain.notification.NotificationEvent.NotificationResolved;
import dev.tidings.domain.notification.NotificationEvent.NotificationScheduled;
import dev.tidings.domain.notification.NotificationEvent.NotificationSent;
import dev.tidings.domain.notification.NotificationEvent.NotificationSentAgain;
import dev.tidings.domain.notification.NotificationEvent.NotificationSuppressed;
import dev.tidings.domain.notification.NotificationEvent.NotificationWithheld;
import dev.tidings.domain.notification.Particulars;
import dev.tidings.domain.notification.TemplateRef;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** One line of the answer to "what happened, and why". {@code what} is a stable word, {@code why} a sentence for people. */
public record TimelineEntry(Instant at, String what, String why) {

    public static List<TimelineEntry> of(NotificationEvent event) {
        return switch (event) {
            case NotificationRequested e -> requested(e);
            case NotificationSuppressed e -> List.of(new TimelineEntry(e.at(), "suppressed", e.reason()));
            case NotificationSent e -> List.of(new TimelineEntry(e.at(), "sent", attempt(e) + " was accepted"));
            case NotificationSentAgain e ->
                List.of(new TimelineEntry(
                        e.at(), "sent_again", attempt(e) + " was accepted too: there are two copies"));
            case NotificationScheduled e -> List.of(scheduled(e.at(), e.sendAt()));
            case NotificationCancelled e ->
                List.of(new TimelineEntry(e.at(), "cancelled", "taken back in time: it will never be sent"));
            case NotificationExpired e ->
                List.of(new TimelineEntry(
                        e.at(), "expired", "not sent by " + e.particulars().expiresAt() + doubts(e)));
            case NotificationRedriven e ->
                List.of(new TimelineEntry(e.at(), "redriven", "is tried afresh" + doubts(e)));
            case NotificationResolved e ->
                List.of(new TimelineEntry(
                        e.at(),
                        "resolved",
                        switch (e.resolution()) {
                            case RESEND -> "somebody decided: send it again";
                            case SENT -> "somebody found that it had arrived";
                            case FAILED -> "somebody decided: give it up";
                        }));
            case AttemptPostponed e ->
                List.of(new TimelineEntry(
                        e.at(),
                        "postponed",
                        attempt(e) + " could not be made: " + text(e.failure()) + "; that uses up no retry; next at "
                                + e.retryAt()));
            case AttemptFailedOver e ->
                List.of(new TimelineEntry(
                        e.at(),
                        "failed_over",
                        attempt(e) + " could not be made: " + text(e.failure()) + "; another one is asked"));
            case NotificationWithheld e -> List.of(new TimelineEntry(e.at(), "withheld", e.reason()));
            case NotificationDelivered e ->
                List.of(new TimelineEntry(e.at(), "delivered", e.provider() + " says that it has arrived"));
            case NotificationRead e ->
                List.of(new TimelineEntry(e.at(), "read", e.provider() + " says that it was read"));
            case NotificationComplained e ->
                List.of(new TimelineEntry(e.at(), "complained", e.provider() + " says that it was called spam"));
            case NotificationBounced e ->
                List.of(new TimelineEntry(
                        e.at(), "bounced", e.provider() + " could not deliver it: " + text(e.failure())));
            case AttemptFailed e ->
                List.of(new TimelineEntry(
                        e.at(), "retrying", attempt(e) + " failed: " + text(e.failure()) + "; next at " + e.retryAt()));
            case AttemptOutcomeUnknown e ->
                List.of(new TimelineEntry(
                        e.at(),
                        "outcome_unknown",
                        attempt(e) + ": " + text(e.failure())
                                + (e.resendAt() == null
                                        ? "; held until somebody decides"
                                        : "; it may have arrived, and goes again at " + e.resendAt())));
            case NotificationFailed e ->
                List.of(new TimelineEntry(
                        e.at(),
                        "failed",
                        attempt(e) + " failed: " + text(e.failure())
                                + switch (e.cause()) {
                                    case PERMANENT -> "; it can't be delivered";
                                    case RETRIES_EXHAUSTED -> "; it was the last one";
                                    case PROVIDER_DOWN -> "; that lasted too long";
                                }));
        };
    }

    private static List<TimelineEntry> requested(NotificationRequested e) {
        Particulars particulars = e.particulars();
        TemplateRef template = particulars.template();
        String asked = particulars.serviceId() + " asked for " + particulars.type() + " by "
                + lower(particulars.channel())
                + ", lane " + lower(particulars.lane())
                + (template == null ? ", ready content" : ", template " + template.name() + " " + template.version());
        Instant at = particulars.requestedAt();
        Stream<TimelineEntry> findings = e.findings().stream()
                .map(finding -> new TimelineEntry(
                        at, "asked_" + lower(finding.rule()), finding.saw() + ": " + lower(finding.verdict())));
        return Stream.of(
                        Stream.of(new TimelineEntry(at, "requested", asked)),
                        findings,
                        Stream.ofNullable(e.sendAt()).map(sendAt -> scheduled(at, sendAt)))
                .flatMap(entries -> entries)
                .toList();
    }

    private static TimelineEntry scheduled(Instant at, Instant sendAt) {
        return new TimelineEntry(at, "scheduled", "goes out at " + sendAt);
    }

    private static String doubts(Intervened event) {
        return event.doubtful() == 0 ? "" : "; an attempt of unknown outcome may have arrived";
    }

    private static String attempt(AttemptRecorded event) {
        return "attempt " + event.attempt() + (event.provider() == null ? "" : " by " + event.provider());
    }

    private static String text(Failure failure) {
        return failure.code() + " " + failure.detail();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
