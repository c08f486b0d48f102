package dev.tidings.application.notification;

import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.NotificationEvent;
import dev.tidings.domain.notification.NotificationEvent.AttemptFailed;
import dev.tidings.domain.notification.NotificationEvent.AttemptOutcomeUnknown;
import dev.tidings.domain.notification.NotificationEvent.AttemptRecorded;
import dev.tidings.domain.notification.NotificationEvent.NotificationFailed;
import dev.tidings.domain.notification.NotificationEvent.NotificationRequested;
import dev.tidings.domain.notification.NotificationEvent.NotificationSent;
import dev.tidings.domain.notification.NotificationEvent.NotificationSentAgain;
import dev.tidings.domain.notification.NotificationEvent.NotificationSuppressed;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import dev.tidings.domain.notification.Particulars;
import dev.tidings.domain.notification.ProviderName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a notification stands. Made from its latest event alone, so that the view and the log can't disagree.
 *
 * @param reason why it was suppressed, failed or is being tried again
 * @param attempts made so far
 * @param dueAt when it will be tried next; absent when it has ended or is held
 */
public record NotificationView(
        NotificationId notificationId,
        Particulars particulars,
        NotificationStatus status,
        @Nullable String reason,
        int attempts,
        @Nullable ProviderName provider,
        @Nullable Instant dueAt,
        Instant updatedAt) {

    public static NotificationView after(NotificationEvent event) {
        return switch (event) {
            case NotificationRequested e ->
                untried(
                        e,
                        e.particulars(),
                        null,
                        e.particulars().requestedAt(),
                        e.particulars().requestedAt());
            case NotificationSuppressed e -> untried(e, e.particulars(), e.reason(), null, e.at());
            case NotificationSent e -> tried(e, null, null, e.at());
            case NotificationSentAgain e -> tried(e, null, null, e.at());
            case AttemptFailed e -> tried(e, e.failure(), e.retryAt(), e.at());
            case AttemptOutcomeUnknown e -> tried(e, e.failure(), e.resendAt(), e.at());
            case NotificationFailed e -> tried(e, e.failure(), null, e.at());
        };
    }

    private static NotificationView untried(
            NotificationEvent event,
            Particulars particulars,
            @Nullable String reason,
            @Nullable Instant dueAt,
            Instant updatedAt) {
        return new NotificationView(
                event.notificationId(),
                particulars,
                NotificationStatus.after(event),
                reason,
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
                failure == null ? null : failure.code() + ": " + failure.detail(),
                event.attempt(),
                event.provider(),
                dueAt,
                updatedAt);
    }
}
