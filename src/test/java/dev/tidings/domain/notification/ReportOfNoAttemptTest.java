package dev.tidings.domain.notification;

import static dev.tidings.domain.notification.Given.given;
import static dev.tidings.domain.notification.Notifications.BUSY;
import static dev.tidings.domain.notification.Notifications.ENDED_AT;
import static dev.tidings.domain.notification.Notifications.ID;
import static dev.tidings.domain.notification.Notifications.NO_SUCH_MAILBOX;
import static dev.tidings.domain.notification.Notifications.PARTICULARS;
import static dev.tidings.domain.notification.Notifications.SMTP;
import static dev.tidings.domain.notification.Notifications.doubtful;
import static dev.tidings.domain.notification.Notifications.failed;
import static dev.tidings.domain.notification.Notifications.requested;
import static dev.tidings.domain.notification.Notifications.retrying;
import static dev.tidings.domain.notification.Notifications.sent;
import static dev.tidings.domain.notification.Notifications.sentAgain;

import dev.tidings.domain.notification.NotificationCommand.RecordReport;
import dev.tidings.domain.notification.NotificationEvent.Cause;
import dev.tidings.domain.notification.NotificationEvent.NotificationBounced;
import dev.tidings.domain.notification.NotificationEvent.NotificationComplained;
import dev.tidings.domain.notification.NotificationEvent.NotificationDelivered;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A bounce mail names a notification, and not always the attempt. */
class ReportOfNoAttemptTest {

    private static final Instant REPORTED_AT = ENDED_AT.plusSeconds(60);

    @Test
    void it_is_about_the_attempt_that_was_accepted_last() {
        given(requested(), retrying(1, Duration.ofSeconds(5)), sent(2))
                .when(report(ReportedStage.BOUNCED))
                .then(bounced(2, 2));
        given(requested(), doubtful(1, Duration.ofSeconds(5)), sent(2, 1), sentAgain(1))
                .when(report(ReportedStage.BOUNCED))
                .then(bounced(1, 2));
    }

    @Test
    void it_is_about_the_one_of_unknown_outcome_where_none_was_accepted() {
        given(requested(), doubtful(1, null))
                .when(report(ReportedStage.BOUNCED))
                .then(bounced(1, 1));
        given(requested(), doubtful(1, Duration.ofSeconds(5)), retrying(2, Duration.ofSeconds(30)))
                .when(report(ReportedStage.DELIVERED))
                .then(delivered(1, 2));
    }

    @Test
    void it_is_about_the_last_one_where_all_are_thought_to_have_failed() {
        given(requested(), retrying(1, Duration.ofSeconds(5)), failed(2, BUSY, Cause.PERMANENT))
                .when(report(ReportedStage.DELIVERED))
                .then(delivered(2, 2));
    }

    @Test
    void a_complaint_about_what_was_delivered_is_about_the_last_one_too() {
        given(requested(), sent(1), delivered(1, 1))
                .when(report(ReportedStage.COMPLAINED))
                .then(new NotificationComplained(ID, PARTICULARS, 1, 1, 0, SMTP, REPORTED_AT));
    }

    @Test
    void it_says_nothing_where_no_attempt_was_made() {
        for (ReportedStage stage : ReportedStage.values()) {
            given(requested()).when(report(stage)).thenNothing();
        }
    }

    private static RecordReport report(ReportedStage stage) {
        Failure failure = stage == ReportedStage.BOUNCED ? NO_SUCH_MAILBOX : null;
        return new RecordReport(ID, 0, SMTP, null, stage, failure, REPORTED_AT);
    }

    private static NotificationDelivered delivered(int attempt, int made) {
        return new NotificationDelivered(ID, PARTICULARS, attempt, made, 0, SMTP, REPORTED_AT);
    }

    private static NotificationBounced bounced(int attempt, int made) {
        return new NotificationBounced(ID, PARTICULARS, attempt, made, 0, SMTP, NO_SUCH_MAILBOX, REPORTED_AT);
    }
}
