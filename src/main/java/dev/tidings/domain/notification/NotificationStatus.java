package dev.tidings.domain.notification;

import dev.tidings.domain.notification.NotificationEvent.AttemptFailed;
import dev.tidings.domain.notification.NotificationEvent.AttemptOutcomeUnknown;
import dev.tidings.domain.notification.NotificationEvent.NotificationFailed;
import dev.tidings.domain.notification.NotificationEvent.NotificationRequested;
import dev.tidings.domain.notification.NotificationEvent.NotificationSent;
import dev.tidings.domain.notification.NotificationEvent.NotificationSentAgain;
import dev.tidings.domain.notification.NotificationEvent.NotificationSuppressed;

/** Where a notification stands, as callers see it. */
public enum NotificationStatus {
    QUEUED,
    RETRYING,
    HELD,
    SENT,
    FAILED,
    SUPPRESSED;

    public static NotificationStatus after(NotificationEvent event) {
        return switch (event) {
            case NotificationRequested _ -> QUEUED;
            case NotificationSuppressed _ -> SUPPRESSED;
            case NotificationSent _, NotificationSentAgain _ -> SENT;
            case AttemptFailed _ -> RETRYING;
            case AttemptOutcomeUnknown e -> e.resendAt() == null ? HELD : RETRYING;
            case NotificationFailed _ -> FAILED;
        };
    }
}
