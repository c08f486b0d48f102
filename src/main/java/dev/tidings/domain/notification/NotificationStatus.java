package dev.tidings.domain.notification;

import dev.tidings.domain.notification.NotificationEvent.AttemptFailed;
import dev.tidings.domain.notification.NotificationEvent.AttemptFailedOver;
import dev.tidings.domain.notification.NotificationEvent.AttemptOutcomeUnknown;
import dev.tidings.domain.notification.NotificationEvent.AttemptPostponed;
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

/** Where a notification stands, as callers see it. */
public enum NotificationStatus {
    SCHEDULED,
    QUEUED,
    RETRYING,
    HELD,
    SENT,
    DELIVERED,
    BOUNCED,
    FAILED,
    SUPPRESSED,
    CANCELLED,
    EXPIRED;

    public static NotificationStatus after(NotificationEvent event) {
        return switch (event) {
            case NotificationRequested e -> e.sendAt() == null ? QUEUED : SCHEDULED;
            case NotificationRedriven _ -> QUEUED;
            case NotificationScheduled _ -> SCHEDULED;
            case NotificationSuppressed _, NotificationWithheld _ -> SUPPRESSED;
            case NotificationSent _ -> SENT;
            case NotificationSentAgain e -> e.delivered() ? DELIVERED : SENT;
            case AttemptFailed _, AttemptFailedOver _, AttemptPostponed _ -> RETRYING;
            case NotificationDelivered _, NotificationRead _, NotificationComplained _ -> DELIVERED;
            case NotificationBounced _ -> BOUNCED;
            case AttemptOutcomeUnknown e -> e.resendAt() == null ? HELD : RETRYING;
            case NotificationFailed _ -> FAILED;
            case NotificationCancelled _ -> CANCELLED;
            case NotificationExpired _ -> EXPIRED;
            case NotificationResolved e ->
                switch (e.resolution()) {
                    case RESEND -> RETRYING;
                    case SENT -> SENT;
                    case FAILED -> FAILED;
                };
        };
    }

    /** Nothing more will be tried. */
    public boolean isEnd() {
        return switch (this) {
            case SENT, DELIVERED, BOUNCED, FAILED, SUPPRESSED, CANCELLED, EXPIRED -> true;
            case SCHEDULED, QUEUED, RETRYING, HELD -> false;
        };
    }
}
