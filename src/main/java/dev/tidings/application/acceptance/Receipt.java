package dev.tidings.application.acceptance;

import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;

/**
 * What the caller gets for a request.
 *
 * @param repeated whether the same source message had been accepted before, as this notification
 */
public record Receipt(NotificationId notificationId, NotificationStatus status, boolean repeated) {}
