package dev.tidings.domain.notification;

import static dev.tidings.domain.notification.NotificationRefused.Reason.ALREADY_ENDED;
import static dev.tidings.domain.notification.NotificationRefused.Reason.ALREADY_SENT;
import static dev.tidings.domain.notification.NotificationRefused.Reason.ALREADY_TRIED;
import static dev.tidings.domain.notification.NotificationRefused.Reason.EXPIRED;
import static dev.tidings.domain.notification.NotificationRefused.Reason.MAY_HAVE_ARRIVED;
import static dev.tidings.domain.notification.NotificationRefused.Reason.NEVER_REQUESTED;
import static dev.tidings.domain.notification.NotificationRefused.Reason.NOTHING_UNKNOWN;
import static dev.tidings.domain.notification.NotificationRefused.Reason.NOT_ENDED;
import static dev.tidings.domain.notification.NotificationRefused.Reason.ON_ITS_WAY;
import static dev.tidings.domain.notification.Notifications.BUSY;
import static dev.tidings.domain.notification.Notifications.ENDED_AT;
import static dev.tidings.domain.notification.Notifications.GO;
import static dev.tidings.domain.notification.Notifications.ID;
import static dev.tidings.domain.notification.Notifications.MARKETING;
import static dev.tidings.domain.notification.Notifications.REQUESTED_AT;
import static dev.tidings.domain.notification.Notifications.SMTP;
import static dev.tidings.domain.notification.Notifications.STARTED_AT;
import static dev.tidings.domain.notification.Notifications.STOP;
import static dev.tidings.domain.notification.Notifications.WELCOME;
import static dev.tidings.domain.notification.Notifications.accepted;
import static dev.tidings.domain.notification.Notifications.attempt;
import static dev.tidings.domain.notification.Notifications.busy;
import static dev.tidings.domain.notification.Notifications.cutOff;
import static dev.tidings.domain.notification.Notifications.noSuchMailbox;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.NotificationCommand.Cancel;
import dev.tidings.domain.notification.NotificationCommand.Expire;
import dev.tidings.domain.notification.NotificationCommand.Intervention;
import dev.tidings.domain.notification.NotificationCommand.RecordAttempt;
import dev.tidings.domain.notification.NotificationCommand.Redrive;
import dev.tidings.domain.notification.NotificationCommand.RequestNotification;
import dev.tidings.domain.notification.NotificationCommand.Reschedule;
import dev.tidings.domain.notification.NotificationCommand.Resolution;
import dev.tidings.domain.notification.NotificationCommand.Resolve;
import dev.tidings.domain.notification.NotificationEvent.AttemptFailed;
import dev.tidings.domain.notification.NotificationEvent.AttemptOutcomeUnknown;
import dev.tidings.domain.notification.NotificationEvent.AttemptPostponed;
import dev.tidings.domain.notification.NotificationEvent.Cause;
import dev.tidings.domain.notification.NotificationEvent.NotificationCancelled;
import dev.tidings.domain.notification.NotificationEvent.NotificationExpired;
import dev.tidings.domain.notification.NotificationEvent.NotificationFailed;
import dev.tidings.domain.notification.NotificationEvent.NotificationRedriven;
import dev.tidings.domain.notification.NotificationEvent.NotificationRequested;
import dev.tidings.domain.notification.NotificationEvent.NotificationResolved;
import dev.tidings.domain.notification.NotificationEvent.NotificationScheduled;
import dev.tidings.domain.notification.NotificationEvent.NotificationSent;
import dev.tidings.domain.notification.NotificationEvent.NotificationSuppressed;
import dev.tidings.domain.notification.SendOutcome.ProviderDown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is decided about a notification after it was accepted. It is of no use any more an hour after its request. */
class InterventionTest {

    private static final Instant LATER = REQUESTED_AT.plusSeconds(600);
    private static final Instant EXPIRES_AT = REQUESTED_AT.plusSeconds(3600);
    private static final Failure UNREACHABLE = new Failure("unreachable", "nobody answers");
    private static final Particulars PARTICULARS = expiring(WELCOME);

    private static Particulars expiring(NotificationType type) {
        Particulars usual = Notifications.particulars(type);
        return new Particulars(
                usual.serviceId(),
                usual.userId(),
                usual.type(),
                usual.channel(),
                usual.lane(),
                usual.template(),
                usual.requestedAt(),
                EXPIRES_AT);
    }

    private static Given requested(NotificationType type) {
        return Given.nothing().and(request(type, GO, null));
    }

    private static final Given REQUESTED = requested(WELCOME);
    private static final Given SCHEDULED = Given.nothing().and(request(WELCOME, GO, LATER));
    private static final Given SENT = REQUESTED.and(attempt(1, accepted()));
    private static final Given FAILED = REQUESTED.and(attempt(1, noSuchMailbox()));
    private static final Given SUPPRESSED = Given.nothing().and(request(WELCOME, STOP, null));
    private static final Given DOUBTFUL = REQUESTED.and(attempt(1, cutOff()));
    private static final Given HELD = requested(MARKETING).and(attempt(1, cutOff()));
    private static final Given FAILED_WITH_A_DOUBT =
            HELD.and(resolve(Resolution.RESEND)).and(attempt(2, noSuchMailbox()));
    private static final Given CANCELLED = REQUESTED.and(cancel());
    private static final Given EXPIRED_ONE = REQUESTED.and(new Expire(ID, EXPIRES_AT));

    private static RequestNotification request(NotificationType type, Finding finding, @Nullable Instant sendAt) {
        return new RequestNotification(ID, expiring(type), List.of(finding), sendAt);
    }

    private static Cancel cancel() {
        return new Cancel(ID, false, LATER);
    }

    private static Reschedule reschedule(Instant to) {
        return new Reschedule(ID, to, false, LATER);
    }

    private static Redrive redrive() {
        return new Redrive(ID, LATER);
    }

    private static Resolve resolve(Resolution resolution) {
        return new Resolve(ID, resolution, false, LATER);
    }

    private static RecordAttempt attemptAt(int number, SendOutcome outcome, Instant endedAt) {
        return new RecordAttempt(ID, number, SMTP, outcome, STARTED_AT, endedAt, List.of());
    }

    private static SendOutcome down() {
        return new ProviderDown(UNREACHABLE);
    }

    private static NotificationSent sent(Particulars particulars, int attempt, int doubtful) {
        return new NotificationSent(ID, particulars, attempt, doubtful, SMTP, "queued as 42", STARTED_AT, ENDED_AT);
    }

    private static void refuses(Given given, Intervention command, NotificationRefused.Reason reason) {
        given.whenRefused(command, reason);
    }

    @Nested
    class Scheduled {

        @Test
        void it_waits_for_the_time_it_is_asked_for() {
            Given.nothing()
                    .when(request(WELCOME, GO, LATER))
                    .then(new NotificationRequested(ID, PARTICULARS, List.of(GO), LATER));
        }

        @Test
        void a_time_that_is_not_ahead_is_now() {
            Given.nothing()
                    .when(request(WELCOME, GO, REQUESTED_AT))
                    .then(new NotificationRequested(ID, PARTICULARS, List.of(GO), null));
        }

        @Test
        void what_a_rule_stops_is_not_scheduled() {
            Given.nothing()
                    .when(request(WELCOME, STOP, LATER))
                    .then(
                            new NotificationRequested(ID, PARTICULARS, List.of(STOP), null),
                            new NotificationSuppressed(ID, PARTICULARS, STOP.rule(), STOP.saw(), REQUESTED_AT));
        }

        @Test
        void it_can_be_put_off_or_brought_forward() {
            Instant other = LATER.plusSeconds(1);

            SCHEDULED.when(reschedule(other)).then(new NotificationScheduled(ID, PARTICULARS, other, LATER));
            REQUESTED.when(reschedule(other)).then(new NotificationScheduled(ID, PARTICULARS, other, LATER));
        }

        @Test
        void the_same_time_again_changes_nothing() {
            SCHEDULED.when(reschedule(LATER)).thenNothing();
            SCHEDULED
                    .and(reschedule(LATER.plusSeconds(1)))
                    .when(reschedule(LATER.plusSeconds(1)))
                    .thenNothing();
        }

        @Test
        void only_what_waits_untried_and_will_still_be_of_use_can_be_put_off() {
            refuses(Given.nothing(), reschedule(LATER), NEVER_REQUESTED);
            refuses(SCHEDULED, new Reschedule(ID, LATER, true, LATER), ON_ITS_WAY);
            refuses(REQUESTED.and(attempt(1, busy())), reschedule(LATER), ALREADY_TRIED);
            refuses(REQUESTED.and(attempt(1, down())), reschedule(LATER), ALREADY_TRIED);
            refuses(DOUBTFUL, reschedule(LATER), ALREADY_TRIED);
            refuses(SCHEDULED, reschedule(EXPIRES_AT), EXPIRED);
            refuses(SENT, reschedule(LATER), ALREADY_SENT);
            for (Given ended : List.of(FAILED, SUPPRESSED, CANCELLED, EXPIRED_ONE)) {
                refuses(ended, reschedule(LATER), ALREADY_ENDED);
            }
        }
    }

    @Nested
    class Cancelled {

        @Test
        void what_waits_is_taken_back() {
            for (Given waiting : List.of(REQUESTED, SCHEDULED)) {
                waiting.when(cancel()).then(new NotificationCancelled(ID, PARTICULARS, 0, 0, LATER));
            }
            REQUESTED
                    .and(attempt(1, busy()))
                    .when(cancel())
                    .then(new NotificationCancelled(ID, PARTICULARS, 1, 0, LATER));
        }

        @Test
        void cancelling_again_changes_nothing() {
            CANCELLED.when(cancel()).thenNothing();
            CANCELLED.when(new Cancel(ID, true, LATER)).thenNothing();
        }

        @Test
        void what_is_on_its_way_or_may_have_arrived_can_not_be_taken_back() {
            refuses(REQUESTED, new Cancel(ID, true, LATER), ON_ITS_WAY);
            refuses(DOUBTFUL, cancel(), MAY_HAVE_ARRIVED);
            refuses(HELD, cancel(), MAY_HAVE_ARRIVED);
            refuses(SENT, cancel(), ALREADY_SENT);
            refuses(Given.nothing(), cancel(), NEVER_REQUESTED);
            for (Given ended : List.of(FAILED, SUPPRESSED, EXPIRED_ONE)) {
                refuses(ended, cancel(), ALREADY_ENDED);
            }
        }

        @Test
        void what_comes_to_nothing_later_is_silent() {
            CANCELLED.when(attempt(1, busy())).thenNothing();
            CANCELLED.when(attempt(1, cutOff())).thenNothing();
        }
    }

    @Nested
    class ExpiredInTime {

        @Test
        void what_waits_expires_when_it_is_of_no_use_any_more() {
            REQUESTED.when(new Expire(ID, EXPIRES_AT)).then(new NotificationExpired(ID, PARTICULARS, 0, 0, EXPIRES_AT));
            DOUBTFUL.when(new Expire(ID, EXPIRES_AT)).then(new NotificationExpired(ID, PARTICULARS, 1, 1, EXPIRES_AT));
        }

        @Test
        void not_before() {
            REQUESTED.when(new Expire(ID, EXPIRES_AT.minusMillis(1))).thenNothing();
        }

        @Test
        void not_what_has_no_such_time() {
            Given.given(Notifications.requested())
                    .when(new Expire(ID, Instant.MAX))
                    .thenNothing();
        }

        @Test
        void not_what_is_held_and_nothing_that_has_ended() {
            for (Given given : List.of(Given.nothing(), HELD, SENT, FAILED, SUPPRESSED, CANCELLED, EXPIRED_ONE)) {
                given.when(new Expire(ID, EXPIRES_AT)).thenNothing();
            }
        }

        @Test
        void a_doubtful_attempt_that_had_arrived_makes_it_sent() {
            DOUBTFUL.and(new Expire(ID, EXPIRES_AT))
                    .when(attempt(1, accepted()))
                    .then(sent(PARTICULARS, 1, 0));
        }
    }

    @Nested
    class Redriven {

        @Test
        void what_has_failed_starts_afresh() {
            FAILED.when(redrive()).then(new NotificationRedriven(ID, PARTICULARS, 1, 0, LATER));
            DOUBTFUL.and(attempt(2, noSuchMailbox()))
                    .when(redrive())
                    .then(new NotificationRedriven(ID, PARTICULARS, 2, 1, LATER));
        }

        @Test
        void its_retries_are_fresh() {
            Given redriven = REQUESTED
                    .and(attempt(1, busy()))
                    .and(attempt(2, busy()))
                    .and(attempt(3, noSuchMailbox()))
                    .and(redrive());

            assertThat(redriven.when(attempt(4, busy())).events())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            AttemptFailed.class,
                            failed -> assertThat(failed.retryAt()).isEqualTo(ENDED_AT.plusSeconds(5)));
        }

        @Test
        void it_may_be_sent_and_the_doubt_stays() {
            DOUBTFUL.and(attempt(2, noSuchMailbox()))
                    .and(redrive())
                    .when(attempt(3, accepted()))
                    .then(sent(PARTICULARS, 3, 1));
        }

        @Test
        void an_attempt_from_before_that_had_arrived_makes_it_sent() {
            DOUBTFUL.and(attempt(2, noSuchMailbox()))
                    .and(redrive())
                    .when(attempt(1, accepted()))
                    .then(sent(PARTICULARS, 1, 0));
        }

        @Test
        void attempts_from_before_are_on_record() {
            Given redriven = DOUBTFUL.and(attempt(2, noSuchMailbox())).and(redrive());

            for (int before : List.of(1, 2)) {
                redriven.when(attempt(before, busy())).thenNothing();
                redriven.when(attempt(before, cutOff())).thenNothing();
            }
            redriven.when(attempt(2, accepted())).thenNothing();
        }

        @Test
        void an_attempt_that_was_given_up_for_lost_stays_on_record() {
            Given redriven = HELD.and(resolve(Resolution.FAILED)).and(redrive());

            redriven.when(attempt(1, cutOff())).thenNothing();
            redriven.when(attempt(1, accepted())).then(sent(expiring(MARKETING), 1, 0));
        }

        @Test
        void only_what_has_failed_and_is_still_of_use() {
            refuses(Given.nothing(), redrive(), NEVER_REQUESTED);
            refuses(REQUESTED, redrive(), NOT_ENDED);
            refuses(FAILED, new Redrive(ID, EXPIRES_AT), EXPIRED);
            refuses(SENT, redrive(), ALREADY_SENT);
            for (Given ended : List.of(SUPPRESSED, CANCELLED, EXPIRED_ONE)) {
                refuses(ended, redrive(), ALREADY_ENDED);
            }
        }

        @Test
        void where_a_second_copy_is_worse_than_none_its_doubt_must_be_resolved_first() {
            refuses(FAILED_WITH_A_DOUBT, redrive(), MAY_HAVE_ARRIVED);

            FAILED_WITH_A_DOUBT
                    .and(resolve(Resolution.FAILED))
                    .when(redrive())
                    .then(new NotificationRedriven(ID, expiring(MARKETING), 2, 0, LATER));
        }
    }

    @Nested
    class Resolved {

        private final Particulars marketing = expiring(MARKETING);

        @Test
        void a_person_decides_what_is_held() {
            HELD.when(resolve(Resolution.RESEND))
                    .then(new NotificationResolved(ID, marketing, 1, 1, Resolution.RESEND, LATER));
            HELD.when(resolve(Resolution.SENT))
                    .then(new NotificationResolved(ID, marketing, 1, 0, Resolution.SENT, LATER));
            HELD.when(resolve(Resolution.FAILED))
                    .then(new NotificationResolved(ID, marketing, 1, 0, Resolution.FAILED, LATER));
        }

        @Test
        void what_is_resent_has_fresh_retries_and_may_expire() {
            Given resent = HELD.and(resolve(Resolution.RESEND));

            assertThat(resent.when(attempt(2, busy())).events())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            AttemptFailed.class,
                            failed -> assertThat(failed.retryAt()).isEqualTo(ENDED_AT.plusSeconds(5)));
            resent.when(new Expire(ID, EXPIRES_AT)).then(new NotificationExpired(ID, marketing, 1, 1, EXPIRES_AT));
        }

        @Test
        void what_is_of_no_use_any_more_is_not_resent() {
            refuses(HELD, new Resolve(ID, Resolution.RESEND, false, EXPIRES_AT), EXPIRED);
        }

        @ParameterizedTest
        @EnumSource(names = {"RESEND", "FAILED"})
        void an_attempt_that_had_arrived_all_the_same_makes_it_sent(Resolution resolution) {
            HELD.and(resolve(resolution)).when(attempt(1, accepted())).then(sent(marketing, 1, 0));
        }

        @Test
        void what_was_found_to_have_arrived_is_not_sent_again_by_the_same_attempt() {
            HELD.and(resolve(Resolution.SENT)).when(attempt(1, accepted())).thenNothing();
        }

        @ParameterizedTest
        @EnumSource
        void attempts_that_come_to_nothing_are_on_record(Resolution resolution) {
            HELD.and(resolve(resolution)).when(attempt(1, busy())).thenNothing();
            HELD.and(resolve(resolution)).when(attempt(1, cutOff())).thenNothing();
        }

        @ParameterizedTest
        @EnumSource
        void resolving_again_changes_nothing(Resolution resolution) {
            HELD.and(resolve(resolution)).when(resolve(resolution)).thenNothing();
        }

        @Test
        void what_failed_with_a_doubt_can_be_resolved_too() {
            FAILED_WITH_A_DOUBT
                    .when(resolve(Resolution.SENT))
                    .then(new NotificationResolved(ID, marketing, 2, 0, Resolution.SENT, LATER));
            FAILED_WITH_A_DOUBT
                    .when(resolve(Resolution.FAILED))
                    .then(new NotificationResolved(ID, marketing, 2, 0, Resolution.FAILED, LATER));
            refuses(FAILED_WITH_A_DOUBT, resolve(Resolution.RESEND), ALREADY_ENDED);
        }

        @Test
        void a_doubt_that_is_about_to_be_resent_is_resolved_unless_it_is_on_its_way() {
            DOUBTFUL.when(resolve(Resolution.RESEND)).thenNothing();
            DOUBTFUL.when(resolve(Resolution.SENT))
                    .then(new NotificationResolved(ID, PARTICULARS, 1, 0, Resolution.SENT, LATER));
            refuses(DOUBTFUL, new Resolve(ID, Resolution.SENT, true, LATER), ON_ITS_WAY);
        }

        @Test
        void there_must_be_a_doubt() {
            refuses(Given.nothing(), resolve(Resolution.SENT), NEVER_REQUESTED);
            refuses(REQUESTED, resolve(Resolution.SENT), NOTHING_UNKNOWN);
            refuses(SENT, resolve(Resolution.FAILED), ALREADY_SENT);
            refuses(FAILED, resolve(Resolution.SENT), ALREADY_ENDED);
            for (Given ended : List.of(SUPPRESSED, CANCELLED, EXPIRED_ONE)) {
                refuses(ended, resolve(Resolution.SENT), ALREADY_ENDED);
            }
        }
    }

    @Nested
    class ProviderIsDown {

        @Test
        void it_is_put_off_and_tried_again() {
            REQUESTED
                    .when(attempt(1, down()))
                    .then(new AttemptPostponed(
                            ID, PARTICULARS, 1, 0, SMTP, UNREACHABLE, ENDED_AT, ENDED_AT.plusSeconds(10)));
        }

        @Test
        void it_uses_up_no_retry() {
            Given postponed = REQUESTED;
            for (int number = 1; number <= 9; number++) {
                postponed = postponed.and(attempt(number, down()));
            }

            assertThat(postponed.when(attempt(10, busy())).events())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            AttemptFailed.class,
                            failed -> assertThat(failed.retryAt()).isEqualTo(ENDED_AT.plusSeconds(5)));
        }

        @Test
        void a_postponed_attempt_is_recorded_once() {
            REQUESTED.and(attempt(1, down())).when(attempt(1, down())).thenNothing();
            REQUESTED.and(attempt(1, down())).when(attempt(1, accepted())).thenNothing();
        }

        @Test
        void an_earlier_doubt_stays() {
            assertThat(DOUBTFUL.when(attempt(2, down())).events())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            AttemptPostponed.class,
                            postponed -> assertThat(postponed.doubtful()).isEqualTo(1));
        }

        @Test
        void patience_ends() {
            Instant end = REQUESTED_AT.plus(Duration.ofHours(1));

            assertThat(REQUESTED.when(attemptAt(1, down(), end.minusMillis(1))).events())
                    .singleElement()
                    .isInstanceOf(AttemptPostponed.class);
            REQUESTED
                    .when(attemptAt(1, down(), end))
                    .then(new NotificationFailed(
                            ID, PARTICULARS, 1, 0, SMTP, UNREACHABLE, Cause.PROVIDER_DOWN, STARTED_AT, end));
        }

        @Test
        void patience_begins_when_it_was_to_go_out() {
            Instant hourLater = REQUESTED_AT.plus(Duration.ofHours(1));

            for (Given given : List.of(
                    SCHEDULED,
                    SCHEDULED.and(attempt(1, busy())),
                    FAILED.and(redrive()),
                    HELD.and(resolve(Resolution.RESEND)))) {
                assertThat(given.when(attemptAt(2, down(), hourLater)).events())
                        .singleElement()
                        .isInstanceOf(AttemptPostponed.class);
                assertThat(given.when(attemptAt(2, down(), LATER.plus(Duration.ofHours(1))))
                                .events())
                        .singleElement()
                        .isInstanceOf(NotificationFailed.class);
            }
        }
    }

    @Test
    void it_is_told_how_many_attempts_are_of_unknown_outcome() {
        assertThat(DOUBTFUL.when(attempt(2, cutOff())).events())
                .singleElement()
                .isInstanceOfSatisfying(
                        AttemptOutcomeUnknown.class,
                        unknown -> assertThat(unknown.doubtful()).isEqualTo(2));
        DOUBTFUL.and(attempt(2, cutOff())).when(attempt(1, accepted())).then(sent(PARTICULARS, 1, 1));
        DOUBTFUL.when(attempt(2, noSuchMailbox()))
                .then(new NotificationFailed(
                        ID,
                        PARTICULARS,
                        2,
                        1,
                        SMTP,
                        Notifications.NO_SUCH_MAILBOX,
                        Cause.PERMANENT,
                        STARTED_AT,
                        ENDED_AT));
        assertThat(DOUBTFUL.when(attempt(2, busy())).events())
                .containsExactly(new AttemptFailed(
                        ID, PARTICULARS, 2, 1, SMTP, BUSY, STARTED_AT, ENDED_AT, ENDED_AT.plusSeconds(30)));
    }

    @Test
    void what_has_ended_has_nothing_left_to_be_tried() {
        for (Given ended : List.of(SENT, FAILED, SUPPRESSED, CANCELLED, EXPIRED_ONE)) {
            assertThat(ended.request().hasEnded()).isTrue();
        }
        for (Given open : List.of(Given.nothing(), REQUESTED, SCHEDULED, HELD, FAILED.and(redrive()))) {
            assertThat(open.request().hasEnded()).isFalse();
        }
    }
}
