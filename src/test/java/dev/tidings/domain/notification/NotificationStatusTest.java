package dev.tidings.domain.notification;

import static dev.tidings.domain.notification.Notifications.NO_SUCH_MAILBOX;
import static dev.tidings.domain.notification.Notifications.doubtful;
import static dev.tidings.domain.notification.Notifications.failed;
import static dev.tidings.domain.notification.Notifications.requested;
import static dev.tidings.domain.notification.Notifications.retrying;
import static dev.tidings.domain.notification.Notifications.sent;
import static dev.tidings.domain.notification.Notifications.sentAgain;
import static dev.tidings.domain.notification.Notifications.suppressed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.domain.notification.NotificationEvent.Cause;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NotificationStatusTest {

    @Test
    void each_event_says_where_the_notification_stands() {
        assertThat(NotificationStatus.after(requested())).isEqualTo(NotificationStatus.QUEUED);
        assertThat(NotificationStatus.after(suppressed())).isEqualTo(NotificationStatus.SUPPRESSED);
        assertThat(NotificationStatus.after(sent(1))).isEqualTo(NotificationStatus.SENT);
        assertThat(NotificationStatus.after(sentAgain(1))).isEqualTo(NotificationStatus.SENT);
        assertThat(NotificationStatus.after(retrying(1, Duration.ofSeconds(5)))).isEqualTo(NotificationStatus.RETRYING);
        assertThat(NotificationStatus.after(failed(1, NO_SUCH_MAILBOX, Cause.PERMANENT)))
                .isEqualTo(NotificationStatus.FAILED);
    }

    @Test
    void a_doubtful_one_is_retried_if_it_is_to_be_resent_and_held_if_not() {
        assertThat(NotificationStatus.after(doubtful(1, Duration.ofSeconds(5)))).isEqualTo(NotificationStatus.RETRYING);
        assertThat(NotificationStatus.after(doubtful(1, null))).isEqualTo(NotificationStatus.HELD);
    }
}
