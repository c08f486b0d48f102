package dev.tidings.domain.notification;

import static dev.tidings.domain.notification.Given.given;
import static dev.tidings.domain.notification.Notifications.ENDED_AT;
import static dev.tidings.domain.notification.Notifications.ID;
import static dev.tidings.domain.notification.Notifications.MARKETING;
import static dev.tidings.domain.notification.Notifications.NO_SUCH_MAILBOX;
import static dev.tidings.domain.notification.Notifications.PARTICULARS;
import static dev.tidings.domain.notification.Notifications.SMTP;
import static dev.tidings.domain.notification.Notifications.accepted;
import static dev.tidings.domain.notification.Notifications.attempt;
import static dev.tidings.domain.notification.Notifications.busy;
import static dev.tidings.domain.notification.Notifications.cutOff;
import static dev.tidings.domain.notification.Notifications.doubtful;
import static dev.tidings.domain.notification.Notifications.failed;
import static dev.tidings.domain.notification.Notifications.particulars;
import static dev.tidings.domain.notification.Notifications.requested;
import static dev.tidings.domain.notification.Notifications.retrying;
import static dev.tidings.domain.notification.Notifications.sent;
import static dev.tidings.domain.notification.Notifications.suppressed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.domain.notification.NotificationCommand.RecordReport;
import dev.tidings.domain.notification.NotificationEvent.Cause;
import dev.tidings.domain.notification.NotificationEvent.NotificationBounced;
import dev.tidings.domain.notification.NotificationEvent.NotificationComplained;
import dev.tidings.domain.notification.NotificationEvent.NotificationDelivered;
import dev.tidings.domain.notification.NotificationEvent.NotificationRead;
import dev.tidings.domain.notification.NotificationEvent.NotificationSent;
import dev.tidings.domain.notification.NotificationEvent.NotificationSentAgain;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ReportTest {

    private static final Instant LATER = ENDED_AT.plusSeconds(3);

    @Example
    void what_was_sent_is_delivered_then_read() {
        given(requested(), sent(1)).when(report(1, ReportedStage.DELIVERED)).then(delivered(1));
        given(requested(), sent(1), delivered(1))
                .when(report(1, ReportedStage.READ))
                .then(read(1));
    }

    @Example
    void what_was_read_has_been_delivered() {
        given(requested(), sent(1)).when(report(1, ReportedStage.READ)).then(delivered(1), read(1));
    }

    @Example
    void a_repeated_report_is_silent() {
        given(requested(), sent(1), delivered(1))
                .when(report(1, ReportedStage.DELIVERED))
                .thenNothing();
        given(requested(), sent(1), delivered(1), read(1))
                .when(report(1, ReportedStage.READ))
                .thenNothing();
        given(requested(), sent(1), bounced(1))
                .when(report(1, ReportedStage.BOUNCED))
                .thenNothing();
    }

    @Example
    void a_late_sent_does_not_undo_delivered() {
        given(requested(), sent(1), delivered(1))
                .when(report(1, ReportedStage.ACCEPTED))
                .thenNothing();
        given(requested(), sent(1), delivered(1))
                .when(report(1, ReportedStage.BOUNCED))
                .thenNothing();
    }

    @Example
    void what_could_not_be_delivered_has_bounced() {
        given(requested(), sent(1)).when(report(1, ReportedStage.BOUNCED)).then(bounced(1));
    }

    @Example
    void a_bounce_of_an_earlier_attempt_says_nothing_of_the_one_that_was_accepted() {
        given(requested(), doubtful(1, Duration.ofSeconds(5)), sent(2, 1))
                .when(report(1, ReportedStage.BOUNCED))
                .thenNothing();
    }

    @Example
    void a_report_resolves_an_attempt_of_unknown_outcome() {
        given(requested(), doubtful(1, Duration.ofSeconds(5)))
                .when(report(1, ReportedStage.ACCEPTED))
                .then(new NotificationSent(ID, PARTICULARS, 1, 0, SMTP, "m-1", null, LATER));
        given(requested(), doubtful(1, Duration.ofSeconds(5)))
                .when(report(1, ReportedStage.DELIVERED))
                .then(delivered(1));
    }

    @Example
    void what_is_held_has_bounced_when_its_doubtful_attempt_has() {
        Particulars marketing = particulars(MARKETING);
        given(requested(marketing), doubtful(marketing, 1, null))
                .when(report(1, ReportedStage.BOUNCED))
                .then(new NotificationBounced(ID, marketing, 1, 1, 0, SMTP, NO_SUCH_MAILBOX, LATER));
        given(requested(), doubtful(1, Duration.ofSeconds(5)))
                .when(report(1, ReportedStage.BOUNCED))
                .thenNothing();
    }

    @Example
    void a_report_may_come_before_our_own_record() {
        given(requested()).when(report(1, ReportedStage.DELIVERED)).then(delivered(1));
        given(requested(), delivered(1)).when(attempt(1, accepted())).thenNothing();
        given(requested(), delivered(1)).when(attempt(1, cutOff())).thenNothing();
    }

    @Example
    void what_has_arrived_has_arrived_whatever_was_thought_of_it() {
        given(requested(), failed(1, NO_SUCH_MAILBOX, Cause.PERMANENT))
                .when(report(1, ReportedStage.DELIVERED))
                .then(delivered(1));
        given(requested(), suppressed())
                .when(report(1, ReportedStage.DELIVERED))
                .thenNothing();
    }

    @Example
    void a_complaint_says_that_it_has_arrived() {
        NotificationComplained complained = new NotificationComplained(ID, PARTICULARS, 1, 1, 0, SMTP, LATER);
        given(requested(), sent(1)).when(report(1, ReportedStage.COMPLAINED)).then(complained);
        given(requested(), sent(1), complained)
                .when(report(1, ReportedStage.COMPLAINED))
                .thenNothing();
        given(requested(), sent(1), delivered(1))
                .when(report(1, ReportedStage.COMPLAINED))
                .then(complained);
        assertThat(NotificationStatus.after(complained)).isEqualTo(NotificationStatus.DELIVERED);
    }

    @Example
    void a_second_copy_leaves_it_delivered() {
        NotificationSentAgain again = new NotificationSentAgain(ID, PARTICULARS, 2, 0, SMTP, ENDED_AT, true);
        given(requested(), doubtful(1, Duration.ofSeconds(5)), delivered(1))
                .when(attempt(2, accepted()))
                .then(again);
        assertThat(NotificationStatus.after(again)).isEqualTo(NotificationStatus.DELIVERED);
        given(requested(), doubtful(1, Duration.ofSeconds(5)), delivered(1))
                .when(attempt(2, busy()))
                .thenNothing();
    }

    @Example
    void providers_that_were_asked_in_vain_are_told_before_what_came_of_it() {
        Failure closed = new Failure("circuit_open", "has failed too often");
        NotificationCommand.RecordAttempt command = new NotificationCommand.RecordAttempt(
                ID,
                1,
                SMTP,
                accepted(),
                Notifications.STARTED_AT,
                ENDED_AT,
                List.of(new Detour(new ProviderName("first"), closed, Notifications.STARTED_AT)));

        given(requested())
                .when(command)
                .then(
                        new NotificationEvent.AttemptFailedOver(
                                ID, PARTICULARS, 1, 0, new ProviderName("first"), closed, Notifications.STARTED_AT),
                        sent(1));
        given(requested(), retrying(1, Duration.ofSeconds(5))).when(command).thenNothing();
    }

    @Property
    void a_status_never_goes_back(@ForAll("lives") List<NotificationCommand> orders) {
        Given life = given(requested());
        NotificationStatus status = NotificationStatus.QUEUED;
        for (NotificationCommand order : orders) {
            for (NotificationEvent event : eventsOf(life, order)) {
                NotificationStatus next = NotificationStatus.after(event);
                if (status == NotificationStatus.DELIVERED) {
                    assertThat(next).isEqualTo(NotificationStatus.DELIVERED);
                }
                if (status == NotificationStatus.SENT) {
                    assertThat(next)
                            .isIn(NotificationStatus.SENT, NotificationStatus.DELIVERED, NotificationStatus.BOUNCED);
                }
                status = next;
                life = new Given(life.request().evolve(event));
            }
        }
    }

    @Property
    void all_reports_again_change_nothing(@ForAll("lives") List<NotificationCommand> orders) {
        List<NotificationCommand> twice = new ArrayList<>(orders);
        orders.stream().filter(RecordReport.class::isInstance).forEach(twice::add);
        List<NotificationCommand> thrice = new ArrayList<>(twice);
        orders.stream().filter(RecordReport.class::isInstance).forEach(thrice::add);

        assertThat(live(thrice).request()).isEqualTo(live(twice).request());
    }

    private static Given live(List<NotificationCommand> orders) {
        Given life = given(requested());
        for (NotificationCommand order : orders) {
            life = life.and(order);
        }
        return life;
    }

    private static List<NotificationEvent> eventsOf(Given life, NotificationCommand order) {
        return order instanceof RecordReport report
                ? life.when(report).events()
                : life.when((NotificationCommand.RecordAttempt) order).events();
    }

    @Provide
    Arbitrary<List<NotificationCommand>> lives() {
        Arbitrary<NotificationCommand> reports = Combinators.combine(
                        Arbitraries.integers().between(1, 4), Arbitraries.of(ReportedStage.class))
                .as(ReportTest::report);
        Arbitrary<NotificationCommand> attempts = Combinators.combine(
                        Arbitraries.integers().between(1, 4), Arbitraries.of(accepted(), busy(), cutOff()))
                .as(Notifications::attempt);
        return Arbitraries.oneOf(reports, attempts).list().ofMaxSize(12);
    }

    private static RecordReport report(int attempt, ReportedStage stage) {
        return new RecordReport(
                ID, attempt, SMTP, "m-1", stage, stage == ReportedStage.BOUNCED ? NO_SUCH_MAILBOX : null, LATER);
    }

    private static NotificationDelivered delivered(int attempt) {
        return new NotificationDelivered(ID, PARTICULARS, attempt, attempt, 0, SMTP, LATER);
    }

    private static NotificationRead read(int attempts) {
        return new NotificationRead(ID, PARTICULARS, attempts, 0, SMTP, LATER);
    }

    private static NotificationBounced bounced(int attempt) {
        return new NotificationBounced(ID, PARTICULARS, attempt, attempt, 0, SMTP, NO_SUCH_MAILBOX, LATER);
    }
}
