package dev.tidings.domain.notification;

import static dev.tidings.domain.notification.Given.given;
import static dev.tidings.domain.notification.NotificationRefused.Reason.NEVER_REQUESTED;
import static dev.tidings.domain.notification.Notifications.BUSY;
import static dev.tidings.domain.notification.Notifications.CUT_OFF;
import static dev.tidings.domain.notification.Notifications.ENDED_AT;
import static dev.tidings.domain.notification.Notifications.GO;
import static dev.tidings.domain.notification.Notifications.ID;
import static dev.tidings.domain.notification.Notifications.MARKETING;
import static dev.tidings.domain.notification.Notifications.NO_SUCH_MAILBOX;
import static dev.tidings.domain.notification.Notifications.PARTICULARS;
import static dev.tidings.domain.notification.Notifications.REQUESTED_AT;
import static dev.tidings.domain.notification.Notifications.SMTP;
import static dev.tidings.domain.notification.Notifications.STARTED_AT;
import static dev.tidings.domain.notification.Notifications.STOP;
import static dev.tidings.domain.notification.Notifications.WITHDRAWN;
import static dev.tidings.domain.notification.Notifications.accepted;
import static dev.tidings.domain.notification.Notifications.attempt;
import static dev.tidings.domain.notification.Notifications.busy;
import static dev.tidings.domain.notification.Notifications.cutOff;
import static dev.tidings.domain.notification.Notifications.doubtful;
import static dev.tidings.domain.notification.Notifications.failed;
import static dev.tidings.domain.notification.Notifications.noSuchMailbox;
import static dev.tidings.domain.notification.Notifications.particulars;
import static dev.tidings.domain.notification.Notifications.request;
import static dev.tidings.domain.notification.Notifications.requested;
import static dev.tidings.domain.notification.Notifications.retrying;
import static dev.tidings.domain.notification.Notifications.sent;
import static dev.tidings.domain.notification.Notifications.sentAgain;
import static dev.tidings.domain.notification.Notifications.suppressed;

import dev.tidings.domain.notification.Finding.Rule;
import dev.tidings.domain.notification.Finding.Verdict;
import dev.tidings.domain.notification.NotificationEvent.Cause;
import dev.tidings.domain.notification.NotificationEvent.NotificationFailed;
import dev.tidings.domain.notification.NotificationEvent.NotificationRequested;
import dev.tidings.domain.notification.NotificationEvent.NotificationSuppressed;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NotificationRequestTest {

    private static final Duration FIRST_DELAY = Duration.ofSeconds(5);
    private static final Duration SECOND_DELAY = Duration.ofSeconds(30);
    private static final Duration LAST_DELAY = Duration.ofMinutes(2);

    @Nested
    class Requested {

        @Test
        void a_request_that_no_rule_stops_waits_to_be_sent() {
            Given.nothing().when(request(GO)).then(new NotificationRequested(ID, PARTICULARS, List.of(GO), null));
        }

        @Test
        void a_request_that_a_rule_stops_is_suppressed_in_the_same_breath() {
            Given.nothing()
                    .when(request(GO, STOP))
                    .then(
                            new NotificationRequested(ID, PARTICULARS, List.of(GO, STOP), null),
                            new NotificationSuppressed(
                                    ID, PARTICULARS, Rule.PREFERENCES, "welcome is off", REQUESTED_AT));
        }

        @Test
        void the_first_rule_that_says_no_is_the_reason() {
            Finding second = new Finding(Rule.PREFERENCES, "off for another reason", Verdict.SUPPRESS);

            Given.nothing()
                    .when(request(STOP, second))
                    .then(
                            new NotificationRequested(ID, PARTICULARS, List.of(STOP, second), null),
                            new NotificationSuppressed(ID, PARTICULARS, Rule.PREFERENCES, STOP.saw(), REQUESTED_AT));
        }

        static Stream<Given> lives() {
            return Stream.of(
                    given(requested()),
                    given(requested(), sent(1)),
                    given(requested(), failed(1, NO_SUCH_MAILBOX, Cause.PERMANENT)),
                    given(requested(), suppressed()));
        }

        @ParameterizedTest
        @MethodSource("lives")
        void asking_again_changes_nothing(Given life) {
            life.when(request(GO)).thenNothing();
        }
    }

    @Nested
    class Attempted {

        @Test
        void what_the_provider_accepts_is_sent() {
            given(requested()).when(attempt(1, accepted())).then(sent(1));
        }

        @Test
        void what_fails_for_now_is_tried_again_after_the_first_delay() {
            given(requested()).when(attempt(1, busy())).then(retrying(1, FIRST_DELAY));
        }

        @Test
        void each_further_failure_waits_for_the_next_delay() {
            given(requested(), retrying(1, FIRST_DELAY))
                    .when(attempt(2, busy()))
                    .then(retrying(2, SECOND_DELAY));
            given(requested(), retrying(1, FIRST_DELAY), retrying(2, SECOND_DELAY))
                    .when(attempt(3, busy()))
                    .then(retrying(3, LAST_DELAY));
        }

        @Test
        void chance_moves_a_retry_within_its_jitter() {
            given(requested()).when(attempt(1, busy()), 0).then(retrying(1, Duration.ofMillis(4500)));
            given(requested()).when(attempt(1, busy()), 1).then(retrying(1, Duration.ofMillis(5500)));
        }

        @Test
        void a_provider_that_asks_for_more_patience_gets_it() {
            SendOutcome limited = new SendOutcome.FailedForNow(BUSY, Duration.ofMinutes(10));

            given(requested()).when(attempt(1, limited)).then(retrying(1, Duration.ofMinutes(10)));
        }

        @Test
        void it_fails_when_the_delays_are_used_up() {
            given(requested(), retrying(1, FIRST_DELAY), retrying(2, SECOND_DELAY), retrying(3, LAST_DELAY))
                    .when(attempt(4, busy()))
                    .then(failed(4, BUSY, Cause.RETRIES_EXHAUSTED));
        }

        @Test
        void what_fails_for_good_is_not_tried_again() {
            given(requested()).when(attempt(1, noSuchMailbox())).then(failed(1, NO_SUCH_MAILBOX, Cause.PERMANENT));
        }

        @Test
        void an_attempt_is_recorded_once() {
            given(requested(), retrying(1, FIRST_DELAY))
                    .when(attempt(1, busy()))
                    .thenNothing();
            given(requested(), retrying(1, FIRST_DELAY))
                    .when(attempt(1, accepted()))
                    .thenNothing();
        }

        @Test
        void what_was_never_requested_has_no_attempts() {
            Given.nothing().whenRefused(attempt(1, accepted()), NEVER_REQUESTED);
        }

        @Test
        void what_was_suppressed_stays_so() {
            given(requested(), suppressed()).when(attempt(1, accepted())).thenNothing();
            given(requested(), suppressed()).when(attempt(1, cutOff())).thenNothing();
        }

        @Test
        void a_type_that_is_gone_by_now_is_tried_once_and_never_resent() {
            Particulars withdrawn = particulars(WITHDRAWN);

            given(requested(withdrawn))
                    .when(attempt(1, busy()))
                    .then(new NotificationFailed(
                            ID, withdrawn, 1, 0, SMTP, BUSY, Cause.RETRIES_EXHAUSTED, STARTED_AT, ENDED_AT));
            given(requested(withdrawn)).when(attempt(1, cutOff())).then(doubtful(withdrawn, 1, null));
        }
    }

    @Nested
    class OutcomeUnknown {

        @Test
        void it_is_resent_where_the_category_prefers_a_second_copy() {
            given(requested()).when(attempt(1, cutOff())).then(doubtful(1, FIRST_DELAY));
            given(requested(), doubtful(1, FIRST_DELAY))
                    .when(attempt(2, cutOff()))
                    .then(doubtful(2, 2, SECOND_DELAY));
        }

        @Test
        void it_is_held_where_the_category_prefers_none() {
            Particulars marketing = particulars(MARKETING);

            given(requested(marketing)).when(attempt(1, cutOff())).then(doubtful(marketing, 1, null));
        }

        @Test
        void it_is_held_once_the_delays_are_used_up() {
            given(requested(), retrying(1, FIRST_DELAY), retrying(2, SECOND_DELAY), retrying(3, LAST_DELAY))
                    .when(attempt(4, cutOff()))
                    .then(doubtful(4, null));
        }

        @Test
        void a_doubt_is_recorded_once() {
            given(requested(), doubtful(1, FIRST_DELAY))
                    .when(attempt(1, cutOff()))
                    .thenNothing();
            given(requested(), doubtful(1, FIRST_DELAY))
                    .when(attempt(1, busy()))
                    .thenNothing();
            given(requested(), doubtful(1, FIRST_DELAY))
                    .when(attempt(1, noSuchMailbox()))
                    .thenNothing();
        }

        @Test
        void news_that_it_was_accepted_settles_the_doubt() {
            given(requested(), doubtful(1, FIRST_DELAY))
                    .when(attempt(1, accepted()))
                    .then(sent(1));
            given(requested(), doubtful(1, null)).when(attempt(1, accepted())).then(sent(1));
        }

        @Test
        void the_resent_one_may_be_the_one_that_is_sent() {
            given(requested(), doubtful(1, FIRST_DELAY))
                    .when(attempt(2, accepted()))
                    .then(sent(2, 1));
        }
    }

    @Nested
    class Sent {

        @Test
        void nothing_that_fails_later_takes_it_back() {
            given(requested(), doubtful(1, FIRST_DELAY), sent(2))
                    .when(attempt(3, noSuchMailbox()))
                    .thenNothing();
            given(requested(), sent(1)).when(attempt(2, busy())).thenNothing();
            given(requested(), sent(1)).when(attempt(2, cutOff())).thenNothing();
        }

        @Test
        void a_repeated_acceptance_is_silent() {
            given(requested(), sent(1)).when(attempt(1, accepted())).thenNothing();
            given(requested(), doubtful(1, FIRST_DELAY), sent(2), sentAgain(1))
                    .when(attempt(1, accepted()))
                    .thenNothing();
        }

        @Test
        void a_second_copy_is_told() {
            given(requested(), doubtful(1, FIRST_DELAY), sent(2))
                    .when(attempt(1, accepted()))
                    .then(sentAgain(1));
        }
    }

    @Nested
    class Failed {

        @Test
        void a_doubtful_attempt_that_had_arrived_makes_it_sent() {
            given(requested(), doubtful(1, FIRST_DELAY), failed(2, NO_SUCH_MAILBOX, Cause.PERMANENT))
                    .when(attempt(1, accepted()))
                    .then(sent(1));
        }

        @Test
        void the_attempt_it_failed_with_has_been_recorded() {
            given(requested(), failed(1, NO_SUCH_MAILBOX, Cause.PERMANENT))
                    .when(attempt(1, accepted()))
                    .thenNothing();
        }

        @Test
        void further_failures_are_silent() {
            given(requested(), failed(1, NO_SUCH_MAILBOX, Cause.PERMANENT))
                    .when(attempt(2, noSuchMailbox()))
                    .thenNothing();
            given(requested(), doubtful(1, FIRST_DELAY), failed(2, CUT_OFF, Cause.PERMANENT))
                    .when(attempt(1, cutOff()))
                    .thenNothing();
        }
    }

    @Nested
    class WithoutItsBeginning {

        @Test
        void a_life_is_read_all_the_same() {
            given(sent(1)).when(attempt(1, accepted())).thenNothing();
            given(retrying(1, FIRST_DELAY)).when(attempt(2, accepted())).then(sent(2));
            given(suppressed(), sent(1)).when(attempt(1, accepted())).thenNothing();
        }
    }
}
