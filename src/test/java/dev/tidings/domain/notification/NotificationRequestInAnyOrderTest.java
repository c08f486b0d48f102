package dev.tidings.domain.notification;

import static dev.tidings.domain.notification.Notifications.CATEGORIES;
import static dev.tidings.domain.notification.Notifications.GO;
import static dev.tidings.domain.notification.Notifications.MARKETING;
import static dev.tidings.domain.notification.Notifications.STOP;
import static dev.tidings.domain.notification.Notifications.WELCOME;
import static dev.tidings.domain.notification.Notifications.accepted;
import static dev.tidings.domain.notification.Notifications.busy;
import static dev.tidings.domain.notification.Notifications.cutOff;
import static dev.tidings.domain.notification.Notifications.noSuchMailbox;
import static dev.tidings.domain.notification.Notifications.particulars;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.NotificationCommand.RecordAttempt;
import dev.tidings.domain.notification.NotificationCommand.RequestNotification;
import dev.tidings.domain.notification.NotificationEvent.AttemptOutcomeUnknown;
import dev.tidings.domain.notification.NotificationEvent.AttemptRecorded;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is reported of attempts, in whatever order, however often. */
class NotificationRequestInAnyOrderTest {

    private static final Set<NotificationStatus> FINAL =
            EnumSet.of(NotificationStatus.SENT, NotificationStatus.SUPPRESSED);

    @Property
    void a_status_never_goes_back(
            @ForAll("types") NotificationType type, @ForAll("reports") List<RecordAttempt> reports) {
        NotificationStatus status = NotificationStatus.QUEUED;
        for (NotificationEvent event : live(type, GO, reports)) {
            NotificationStatus next = NotificationStatus.after(event);
            if (FINAL.contains(status)) {
                assertThat(next).isEqualTo(status);
            }
            if (status == NotificationStatus.FAILED) {
                assertThat(next).isIn(NotificationStatus.FAILED, NotificationStatus.SENT);
            }
            status = next;
        }
    }

    @Property
    void each_attempt_is_settled_once_at_most(
            @ForAll("types") NotificationType type, @ForAll("reports") List<RecordAttempt> reports) {
        Set<Integer> settled = new HashSet<>();
        Set<Integer> doubtful = new HashSet<>();
        for (AttemptRecorded event : attempts(live(type, GO, reports))) {
            assertThat(event instanceof AttemptOutcomeUnknown ? doubtful : settled)
                    .doesNotContain(event.attempt());
            assertThat(settled).doesNotContain(event.attempt());
            (event instanceof AttemptOutcomeUnknown ? doubtful : settled).add(event.attempt());
        }
    }

    @Property
    void an_acceptance_is_kept_however_late_it_comes(
            @ForAll("types") NotificationType type, @ForAll("reports") List<RecordAttempt> reports) {
        Set<Integer> accepted = new HashSet<>();
        Set<Integer> failed = new HashSet<>();
        for (RecordAttempt report : reports) {
            switch (report.outcome()) {
                case SendOutcome.Accepted _ -> accepted.add(report.attempt());
                case SendOutcome.FailedForNow _,
                        SendOutcome.FailedForGood _,
                        SendOutcome.RecipientGone _,
                        SendOutcome.Unsuitable _ -> failed.add(report.attempt());
                case SendOutcome.ProviderDown _ -> failed.add(report.attempt());
                case SendOutcome.Unknown _, SendOutcome.Withheld _ -> {}
            }
        }
        accepted.removeAll(failed);

        assertThat(attempts(live(type, GO, reports)))
                .filteredOn(event -> NotificationStatus.after(event) == NotificationStatus.SENT)
                .extracting(AttemptRecorded::attempt)
                .containsAll(accepted);
    }

    @Property
    void reporting_everything_again_changes_nothing(
            @ForAll("types") NotificationType type, @ForAll("reports") List<RecordAttempt> reports) {
        List<RecordAttempt> twice = new ArrayList<>(reports);
        twice.addAll(reports);

        assertThat(live(type, GO, twice)).isEqualTo(live(type, GO, reports));
    }

    @Property
    void it_has_ended_when_nothing_is_left_to_be_tried(
            @ForAll("types") NotificationType type,
            @ForAll("findings") Finding finding,
            @ForAll("reports") List<RecordAttempt> reports) {
        List<NotificationEvent> events = live(type, finding, reports);

        assertThat(evolve(new NotificationRequest.Unborn(), events).hasEnded())
                .isEqualTo(
                        switch (NotificationStatus.after(events.getLast())) {
                            case SCHEDULED, QUEUED, RETRYING, HELD -> false;
                            case SENT, DELIVERED, BOUNCED, FAILED, SUPPRESSED, CANCELLED, EXPIRED -> true;
                        });
        assertThat(new NotificationRequest.Unborn().hasEnded()).isFalse();
    }

    @Property
    void what_was_suppressed_ignores_all(@ForAll("reports") List<RecordAttempt> reports) {
        assertThat(live(WELCOME, STOP, reports))
                .extracting(NotificationStatus::after)
                .containsExactly(NotificationStatus.QUEUED, NotificationStatus.SUPPRESSED);
    }

    @Property
    void deciding_leaves_the_state_as_it_was(@ForAll("reports") List<RecordAttempt> reports) {
        NotificationRequest state = new NotificationRequest.Unborn()
                .evolve(new NotificationEvent.NotificationRequested(
                        Notifications.ID, particulars(WELCOME), List.of(GO), null));
        for (RecordAttempt report : reports) {
            List<AttemptRecorded> events = state.decide(report, CATEGORIES, 0.5);
            NotificationRequest next = evolve(state, events);
            assertThat(state.decide(report, CATEGORIES, 0.5)).isEqualTo(events);
            state = next;
        }
    }

    @Provide
    Arbitrary<NotificationType> types() {
        return Arbitraries.of(WELCOME, MARKETING);
    }

    @Provide
    Arbitrary<Finding> findings() {
        return Arbitraries.of(GO, STOP);
    }

    @Provide
    Arbitrary<List<RecordAttempt>> reports() {
        Arbitrary<SendOutcome> outcomes = Arbitraries.of(accepted(), busy(), noSuchMailbox(), cutOff());
        return Combinators.combine(Arbitraries.integers().between(1, 5), outcomes)
                .as(Notifications::attempt)
                .list()
                .ofMaxSize(12);
    }

    private static List<NotificationEvent> live(NotificationType type, Finding finding, List<RecordAttempt> reports) {
        List<NotificationEvent> events = new ArrayList<>(new NotificationRequest.Unborn()
                .decide(new RequestNotification(Notifications.ID, particulars(type), List.of(finding), null)));
        NotificationRequest state = evolve(new NotificationRequest.Unborn(), events);
        for (RecordAttempt report : reports) {
            List<AttemptRecorded> decided = state.decide(report, CATEGORIES, 0.5);
            events.addAll(decided);
            state = evolve(state, decided);
        }
        return events;
    }

    private static NotificationRequest evolve(NotificationRequest state, List<? extends NotificationEvent> events) {
        NotificationRequest next = state;
        for (NotificationEvent event : events) {
            next = next.evolve(event);
        }
        return next;
    }

    private static List<AttemptRecorded> attempts(List<NotificationEvent> events) {
        return events.stream()
                .filter(AttemptRecorded.class::isInstance)
                .map(AttemptRecorded.class::cast)
                .toList();
    }
}
