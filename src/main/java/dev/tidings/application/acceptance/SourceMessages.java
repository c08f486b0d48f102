package dev.tidings.application.acceptance;

import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.notification.NotificationId;
import java.util.List;
import java.util.Map;

/** Which messages of other services have led to a notification, so that a redelivered one changes nothing. */
public interface SourceMessages {

    record SourceMessage(ServiceId serviceId, String messageId) {}

    /**
     * Claims these messages for these notifications, in this transaction. Waits for a transaction that is claiming the
     * same ones.
     *
     * @return for each message that had been claimed before: by which notification
     */
    Map<SourceMessage, NotificationId> claim(List<Claim> claims);

    record Claim(SourceMessage message, NotificationId notificationId) {}
}
