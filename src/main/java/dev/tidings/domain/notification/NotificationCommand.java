package dev.tidings.domain.notification;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order to one notification. */
public sealed interface NotificationCommand {

    NotificationId notificationId();

    /** @param findings what the rules said; at least one */
    record RequestNotification(NotificationId notificationId, Particulars particulars, List<Finding> findings)
            implements NotificationCommand {}

    /**
     * @param attempt the attempt's number, from 1
     * @param provider absent when the process that claimed it never said
     * @param endedAt when the outcome was known
     */
    record RecordAttempt(
            NotificationId notificationId,
            int attempt,
            @Nullable ProviderName provider,
            SendOutcome outcome,
            @Nullable Instant startedAt,
            Instant endedAt)
            implements NotificationCommand {}
}
