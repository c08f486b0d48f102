package dev.tidings.application.delivery;

import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.NotificationCommand.RecordAttempt;
import dev.tidings.domain.notification.SendOutcome;
import java.time.Instant;

/** What came of an attempt, with whose it was. */
public record AttemptReport(RecordAttempt record, RequestContext context) {

    private static final Failure INTERRUPTED =
            new Failure("interrupted", "the process that had claimed it ended without saying what came of it");

    static AttemptReport interrupted(DeliveryQueue.Interrupted attempt, Instant now) {
        return new AttemptReport(
                new RecordAttempt(
                        attempt.notificationId(),
                        attempt.attempt(),
                        null,
                        new SendOutcome.Unknown(INTERRUPTED),
                        null,
                        now),
                attempt.context());
    }
}
