package dev.tidings.application.notification;

import static dev.tidings.application.doubles.SampleEvents.AT;
import static dev.tidings.application.doubles.SampleEvents.ID;
import static dev.tidings.application.doubles.SampleEvents.PARTICULARS;
import static dev.tidings.application.doubles.SampleEvents.REQUESTED_AT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.doubles.SampleEvents;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.NotificationEvent;
import dev.tidings.domain.notification.NotificationEvent.AttemptOutcomeUnknown;
import dev.tidings.domain.notification.NotificationEvent.Cause;
import dev.tidings.domain.notification.NotificationEvent.NotificationFailed;
import dev.tidings.domain.notification.NotificationEvent.NotificationRequested;
import dev.tidings.domain.notification.Particulars;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineEntryTest {

    private static final Failure INTERRUPTED = new Failure("interrupted", "the process ended");

    @Test
    void a_request_says_who_asked_for_what_and_each_rule_what_it_saw() {
        assertThat(TimelineEntry.of(SampleEvents.REQUESTED))
                .containsExactly(
                        new TimelineEntry(
                                REQUESTED_AT,
                                "requested",
                                "accounts asked for welcome by email, lane normal, template welcome 5f2a"),
                        new TimelineEntry(REQUESTED_AT, "asked_preferences", "welcome is on: send"));
    }

    @Test
    void a_request_with_ready_content_says_so() {
        Particulars ready = new Particulars(
                PARTICULARS.serviceId(),
                null,
                PARTICULARS.type(),
                PARTICULARS.channel(),
                PARTICULARS.lane(),
                null,
                REQUESTED_AT,
                null);

        assertThat(TimelineEntry.of(new NotificationRequested(ID, ready, List.of(), null)))
                .containsExactly(new TimelineEntry(
                        REQUESTED_AT, "requested", "accounts asked for welcome by email, lane normal, ready content"));
    }

    @Test
    void a_request_for_a_time_ahead_says_so_as_one_that_was_put_off_does() {
        TimelineEntry scheduled = new TimelineEntry(REQUESTED_AT, "scheduled", "goes out at 2026-03-01T12:00:06.500Z");

        assertThat(TimelineEntry.of(SampleEvents.REQUESTED_FOR_LATER)).last().isEqualTo(scheduled);
        assertThat(TimelineEntry.of(SampleEvents.SCHEDULED)).containsExactly(scheduled);
    }

    @Test
    void a_suppressed_one_says_why() {
        assertThat(TimelineEntry.of(SampleEvents.SUPPRESSED))
                .containsExactly(new TimelineEntry(REQUESTED_AT, "suppressed", "welcome is off"));
    }

    @Test
    void each_attempt_says_what_came_of_it() {
        assertEntry(SampleEvents.SENT, "sent", "attempt 2 by smtp was accepted");
        assertEntry(SampleEvents.SENT_AGAIN, "sent_again", "attempt 1 by smtp was accepted too: there are two copies");
        assertEntry(
                SampleEvents.ATTEMPT_FAILED,
                "retrying",
                "attempt 1 by smtp failed: 451 4.7.1 try again later; next at 2026-03-01T12:00:06.500Z");
        assertEntry(
                SampleEvents.OUTCOME_UNKNOWN,
                "outcome_unknown",
                "attempt 1 by smtp: timeout no answer after the last byte; it may have arrived, and goes again at"
                        + " 2026-03-01T12:00:06.500Z");
        assertEntry(
                SampleEvents.FAILED,
                "failed",
                "attempt 4 by smtp failed: 550 5.1.1 no such mailbox; it can't be delivered");
    }

    @Test
    void the_last_of_several_attempts_says_so() {
        assertEntry(
                new NotificationFailed(
                        ID, PARTICULARS, 4, 0, null, new Failure("451", "busy"), Cause.RETRIES_EXHAUSTED, null, AT),
                "failed",
                "attempt 4 failed: 451 busy; it was the last one");
    }

    @Test
    void what_is_held_says_for_whom() {
        assertEntry(
                new AttemptOutcomeUnknown(ID, PARTICULARS, 1, 1, null, INTERRUPTED, AT, null),
                "outcome_unknown",
                "attempt 1: interrupted the process ended; held until somebody decides");
    }

    @Test
    void every_event_has_its_place_on_the_timeline() {
        assertThat(SampleEvents.ofNotifications())
                .extracting(Object::getClass)
                .containsExactlyInAnyOrderElementsOf(SampleEvents.sortsOf(NotificationEvent.class));
        assertThat(SampleEvents.ofNotifications())
                .allSatisfy(event -> assertThat(TimelineEntry.of(event))
                        .isNotEmpty()
                        .allSatisfy(entry -> {
                            assertThat(entry.what()).matches("[a-z_]+");
                            assertThat(entry.why()).isNotBlank();
                        }));
        assertThat(SampleEvents.ofNotifications())
                .extracting(event -> TimelineEntry.of(event).getFirst().what())
                .doesNotHaveDuplicates();
    }

    private static void assertEntry(NotificationEvent event, String what, String why) {
        assertThat(TimelineEntry.of(event)).containsExactly(new TimelineEntry(AT, what, why));
    }
}
