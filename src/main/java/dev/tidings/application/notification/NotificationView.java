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
import dev.tidings.domain.notification.NotificationEvent.Reported;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import dev.tidings.domain.notification.Particulars;
import dev.tidings.domain.notification.ProviderName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a notification stands. Made from its latest event alone, so that the view and the log can't disagree.
 *
 * @param reason why it is what it is, where that needs saying
 * @param attempts made so far
 * @param doubtful how many of them are of unknown outcome
 * @param dueAt when it will be tried next; absent when it has ended or is held
 */
public record NotificationView(
        NotificationId notificationId,
        Particulars particulars,
        NotificationStatus status,
        @Nullable String reason,
        int attempts,
        int doubtful,
        @Nullable ProviderName provider,
        @Nullable Instant dueAt,
        Instant updatedAt) {

    public static NotificationView after(NotificationEvent event) {
        Particulars particulars = event.particulars();
        return switch (event) {
            case NotificationRequested e -> untried(e, null, e.dueAt(), particulars.requestedAt());
            case NotificationSuppressed e -> untried(e, e.reason(), null, e.at());
            case NotificationScheduled e -> untried(e, null, e.sendAt(), e.at());
            case NotificationSent e -> tried(e, null, null, e.at());
            case NotificationSentAgain e -> tried(e, null, null, e.at());
            case AttemptFailed e -> tried(e, e.failure(), e.retryAt(), e.at());
            case AttemptFailedOver e -> tried(e, e.failure(), e.at(), e.at());
            case NotificationWithheld e -> withheld(e);
            case NotificationDelivered e -> reported(e, null);
            case NotificationRead e -> reported(e, "read");
            case NotificationComplained e -> reported(e, "called spam");
            case NotificationBounced e -> reported(e, text(e.failure()));
            case AttemptPostponed e -> tried(e, e.failure(), e.retryAt(), e.at());
            case AttemptOutcomeUnknown e -> tried(e, e.failure(), e.resendAt(), e.at());
            case NotificationFailed e -> tried(e, e.failure(), null, e.at());
            case NotificationCancelled e -> intervened(e, "cancelled", null);
            case NotificationExpired e -> intervened(e, "not sent by " + particulars.expiresAt(), null);
            case NotificationRedriven e -> intervened(e, "redriven", e.at());
            case NotificationResolved e ->
                switch (e.resolution()) {
                    case RESEND -> intervened(e, "to be sent again", e.at());
                    case SENT -> intervened(e, "found to have arrived", null);
                    case FAILED -> intervened(e, "given up", null);
                };
        };
    }

    private static NotificationView untried(
            NotificationEvent event, @Nullable String reason, @Nullable Instant dueAt, Instant updatedAt) {
        return new NotificationView(
                event.notificationId(),
                event.particulars(),
                NotificationStatus.after(event),
                reason,
                0,
                0,
                null,
                dueAt,
                updatedAt);
    }

    private static NotificationView tried(
            AttemptRecorded event, @Nullable Failure failure, @Nullable Instant dueAt, Instant updatedAt) {
        return new NotificationView(
                event.notificationId(),
                event.particulars(),
                NotificationStatus.after(event),
                failure == null ? null : text(failure),
                event.attempt(),
                event.doubtful(),
                event.provider(),
                dueAt,
                updatedAt);
    }

    private static String text(Failure failure) {
        return failure.code() + ": " + failure.detail();
    }

    private static NotificationView withheld(NotificationWithheld event) {
        return new NotificationView(
                event.notificationId(),
                event.particulars(),
                NotificationStatus.after(event),
                event.reason(),
                event.attempt() - 1,
                event.doubtful(),
                null,
                null,
                event.at());
    }

    private static NotificationView reported(Reported event, @Nullable String reason) {
        return new NotificationView(
                event.notificationId(),
                event.particulars(),
                NotificationStatus.after(event),
                reason,
                event.attempts(),
                event.doubtful(),
                event.provider(),
                null,
                event.at());
    }

    private static NotificationView intervened(Intervened event, String reason, @Nullable Instant dueAt) {
        return new NotificationView(
                event.notificationId(),
                event.particulars(),
                NotificationStatus.after(event),
                reason,
                event.attempts(),
                event.doubtful(),
                null,
                dueAt,
                event.at());
    }
}
