package dev.tidings.application.notification;

import static dev.tidings.application.doubles.SampleEvents.AGAIN_AT;
import static dev.tidings.application.doubles.SampleEvents.AT;
import static dev.tidings.application.doubles.SampleEvents.ID;
import static dev.tidings.application.doubles.SampleEvents.PARTICULARS;
import static dev.tidings.application.doubles.SampleEvents.REQUESTED_AT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.doubles.SampleEvents;
import dev.tidings.domain.notification.NotificationStatus;
import dev.tidings.domain.notification.ProviderName;
import org.junit.jupiter.api.Test;

class NotificationViewTest {

    private static final ProviderName SMTP = new ProviderName("smtp");

    @Test
    void what_has_not_been_tried_has_neither_attempts_nor_a_provider() {
        assertThat(NotificationView.after(SampleEvents.REQUESTED))
                .isEqualTo(new NotificationView(
                        ID, PARTICULARS, NotificationStatus.QUEUED, null, 0, 0, null, REQUESTED_AT, REQUESTED_AT));
        assertThat(NotificationView.after(SampleEvents.SUPPRESSED))
                .isEqualTo(new NotificationView(
                        ID,
                        PARTICULARS,
                        NotificationStatus.SUPPRESSED,
                        "welcome is off",
                        0,
                        0,
                        null,
                        null,
                        REQUESTED_AT));
    }

    @Test
    void what_is_asked_for_a_time_ahead_is_scheduled_for_it() {
        NotificationView asked = NotificationView.after(SampleEvents.REQUESTED_FOR_LATER);
        NotificationView changed = NotificationView.after(SampleEvents.SCHEDULED);

        assertThat(asked.status()).isEqualTo(NotificationStatus.SCHEDULED);
        assertThat(asked.dueAt()).isEqualTo(AGAIN_AT);
        assertThat(asked).isEqualTo(changed);
    }

    @Test
    void what_is_sent_needs_no_reason() {
        assertThat(NotificationView.after(SampleEvents.SENT))
                .isEqualTo(new NotificationView(ID, PARTICULARS, NotificationStatus.SENT, null, 2, 1, SMTP, null, AT));
        assertThat(NotificationView.after(SampleEvents.SENT_AGAIN).status()).isEqualTo(NotificationStatus.SENT);
    }

    @Test
    void what_is_tried_again_says_why_and_when() {
        assertThat(NotificationView.after(SampleEvents.ATTEMPT_FAILED))
                .isEqualTo(new NotificationView(
                        ID,
                        PARTICULARS,
                        NotificationStatus.RETRYING,
                        "451 4.7.1: try again later",
                        1,
                        0,
                        SMTP,
                        AGAIN_AT,
                        AT));
        assertThat(NotificationView.after(SampleEvents.OUTCOME_UNKNOWN).dueAt()).isEqualTo(AGAIN_AT);
    }

    @Test
    void what_has_failed_says_why_and_is_due_no_more() {
        assertThat(NotificationView.after(SampleEvents.FAILED))
                .isEqualTo(new NotificationView(
                        ID,
                        PARTICULARS,
                        NotificationStatus.FAILED,
                        "550 5.1.1: no such mailbox",
                        4,
                        0,
                        SMTP,
                        null,
                        AT));
    }
}
