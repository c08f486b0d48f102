package dev.tidings.application.acceptance;

import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import org.jspecify.annotations.Nullable;

/**
 * What the caller gets for a request.
 *
 * @param repeated whether the same source message had been accepted before, as this notification
 * @param duplicateOf the notification of which this one would be a copy, and is suppressed for it
 */
public record Receipt(
        NotificationId notificationId,
        NotificationStatus status,
        boolean repeated,
        @Nullable NotificationId duplicateOf) {}
