package dev.tidings.application.delivery;

import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.NotificationCommand.RecordAttempt;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.Reach;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of an attempt, with whose it was.
 *
 * @param recipient absent when the process that claimed it is gone
 * @param reportsLater whether the provider will say more of it, under its own id
 */
public record AttemptReport(
        RecordAttempt record,
        RequestContext context,
        @Nullable Reach recipient,
        boolean reportsLater) {

    private static final Failure INTERRUPTED =
            new Failure("interrupted", "the process that had claimed it ended without saying what came of it");

    static AttemptReport of(RecordAttempt record, OutgoingMessage message, Channel channel, boolean reportsLater) {
        return new AttemptReport(record, message.context(), new Reach(channel, message.recipient()), reportsLater);
    }

    static AttemptReport interrupted(DeliveryQueue.Interrupted attempt, Instant now) {
        return new AttemptReport(
                new RecordAttempt(
                        attempt.notificationId(),
                        attempt.attempt(),
                        null,
                        new SendOutcome.Unknown(INTERRUPTED),
                        null,
                        now,
                        List.of()),
                attempt.context(),
                null,
                false);
    }
}
