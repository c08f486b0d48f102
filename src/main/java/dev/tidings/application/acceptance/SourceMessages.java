package dev.tidings.application.acceptance;

import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Which messages of other services have led to a notification, so that a redelivered one changes nothing. */
public interface SourceMessages {

    /** @param messageId an event's id, or a request's idempotency key: whatever its service repeats it under */
    record SourceMessage(ServiceId serviceId, String messageId) {}

    /**
     * Claims these messages for these notifications, in this transaction. Waits for a transaction that is claiming the
     * same ones.
     *
     * @param claims each message at most once
     * @return for each message that had been claimed before: what was made of it
     */
    Map<SourceMessage, Known> claim(List<Claim> claims);

    /** @param answer what the service will be told, unless {@link #answer} says otherwise in the same transaction */
    record Claim(
            SourceMessage message, Fingerprint fingerprint, NotificationId notificationId, NotificationStatus answer) {}

    /** @param answer what the service was told when it sent this message first */
    record Known(NotificationId notificationId, Fingerprint fingerprint, NotificationStatus answer) {}

    /** What the services will be told, in the running transaction. */
    void answer(Map<SourceMessage, NotificationStatus> answers);

    /** Forgets some of those that were claimed before this time; yields how many, at most {@code limit}. */
    int forget(Instant before, int limit);
}
