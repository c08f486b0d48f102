package dev.tidings.domain.notification;

import static dev.tidings.domain.notification.Notifications.ENDED_AT;
import static dev.tidings.domain.notification.Notifications.GO;
import static dev.tidings.domain.notification.Notifications.ID;
import static dev.tidings.domain.notification.Notifications.MARKETING;
import static dev.tidings.domain.notification.Notifications.WELCOME;
import static dev.tidings.domain.notification.Notifications.accepted;
import static dev.tidings.domain.notification.Notifications.busy;
import static dev.tidings.domain.notification.Notifications.cutOff;
import static dev.tidings.domain.notification.Notifications.noSuchMailbox;
import static dev.tidings.domain.notification.Notifications.particulars;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.NotificationCommand.Cancel;
import dev.tidings.domain.notification.NotificationCommand.Expire;
import dev.tidings.domain.notification.NotificationCommand.Redrive;
import dev.tidings.domain.notification.NotificationCommand.RequestNotification;
import dev.tidings.domain.notification.NotificationCommand.Reschedule;
import dev.tidings.domain.notification.NotificationCommand.Resolution;
import dev.tidings.domain.notification.NotificationCommand.Resolve;
import dev.tidings.domain.notification.NotificationEvent.AttemptOutcomeUnknown;
import dev.tidings.domain.notification.NotificationEvent.AttemptRecorded;
import dev.tidings.domain.notification.NotificationEvent.NotificationRedriven;
import dev.tidings.domain.notification.NotificationEvent.NotificationResolved;
import dev.tidings.domain.notification.NotificationEvent.NotificationSent;
import dev.tidings.domain.notification.NotificationEvent.NotificationSentAgain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is ordered and reported, in whatever order. */
class InterventionsInAnyOrderTest {

    @Property
    void an_end_is_left_by_a_late_acceptance_a_redrive_or_a_person_only(
            @ForAll("types") NotificationType type, @ForAll("orders") List<NotificationCommand> orders) {
        NotificationStatus status = NotificationStatus.QUEUED;
        for (NotificationEvent event : live(type, orders)) {
            NotificationStatus next = NotificationStatus.after(event);
            if (status.isEnd() && next != status) {
                switch (status) {
                    case FAILED ->
                        assertThat(event)
                                .isInstanceOfAny(
                                        NotificationSent.class, NotificationRedriven.class, NotificationResolved.class);
                    case CANCELLED, EXPIRED -> assertThat(event).isInstanceOf(NotificationSent.class);
                    case SCHEDULED, QUEUED, RETRYING, HELD, SENT, DELIVERED, BOUNCED, SUPPRESSED ->
                        throw new AssertionError(status + " was left by " + event);
                }
            }
            status = next;
        }
    }

    @Property
    void what_is_cancelled_is_sent_by_a_late_acceptance_only(
            @ForAll("types") NotificationType type, @ForAll("orders") List<NotificationCommand> orders) {
        Set<Integer> toldToBeLost = new HashSet<>();
        Set<Integer> doubtful = new HashSet<>();
        boolean cancelled = false;
        for (NotificationEvent event : live(type, orders)) {
            if (event instanceof AttemptOutcomeUnknown unknown) {
                doubtful.add(unknown.attempt());
            }
            if (event instanceof NotificationResolved) {
                toldToBeLost.addAll(doubtful);
            }
            if (cancelled) {
                assertThat(event).isInstanceOfAny(NotificationSent.class, NotificationSentAgain.class);
            }
            if (NotificationStatus.after(event) == NotificationStatus.CANCELLED) {
                cancelled = true;
                assertThat(toldToBeLost).containsAll(doubtful);
            }
        }
    }

    @Property
    void each_attempt_is_settled_once_at_most(
            @ForAll("types") NotificationType type, @ForAll("orders") List<NotificationCommand> orders) {
        Set<Integer> settled = new HashSet<>();
        Set<Integer> doubtful = new HashSet<>();
        for (NotificationEvent event : live(type, orders)) {
            if (event instanceof AttemptRecorded attempt) {
                assertThat(settled).doesNotContain(attempt.attempt());
                Set<Integer> kind = attempt instanceof AttemptOutcomeUnknown ? doubtful : settled;
                assertThat(kind.add(attempt.attempt())).isTrue();
            }
        }
    }

    private static List<NotificationEvent> live(NotificationType type, List<NotificationCommand> orders) {
        List<NotificationEvent> events = new ArrayList<>();
        Particulars usual = particulars(type);
        Particulars expiring = new Particulars(
                usual.serviceId(),
                usual.userId(),
                usual.type(),
                usual.channel(),
                usual.lane(),
                usual.template(),
                usual.requestedAt(),
                at(8));
        Given life = Given.nothing();
        List<NotificationCommand> all = new ArrayList<>();
        all.add(new RequestNotification(ID, expiring, List.of(GO), null));
        all.addAll(orders);
        for (NotificationCommand command : all) {
            try {
                events.addAll(decided(life, command));
                life = life.and(command);
            } catch (NotificationRefused e) {
                assertThat(e.reason()).isNotEqualTo(NotificationRefused.Reason.NEVER_REQUESTED);
            }
        }
        return events;
    }

    private static List<NotificationEvent> decided(Given life, NotificationCommand command) {
        return switch (command) {
            case RequestNotification it -> life.when(it).events();
            case NotificationCommand.RecordAttempt it -> life.when(it).events();
            case NotificationCommand.RecordReport it -> life.when(it).events();
            case NotificationCommand.Intervention it -> life.when(it).events();
        };
    }

    private static Instant at(int minutes) {
        return ENDED_AT.plusSeconds(60L * minutes);
    }

    @Provide
    Arbitrary<NotificationType> types() {
        return Arbitraries.of(WELCOME, MARKETING);
    }

    @Provide
    Arbitrary<List<NotificationCommand>> orders() {
        Arbitrary<SendOutcome> outcomes = Arbitraries.of(
                accepted(),
                busy(),
                noSuchMailbox(),
                cutOff(),
                new SendOutcome.ProviderDown(new Failure("unreachable", "nobody answers")));
        Arbitrary<NotificationCommand> attempts = Combinators.combine(
                        Arbitraries.integers().between(1, 5), outcomes)
                .as(Notifications::attempt);
        Arbitrary<NotificationCommand> interventions = Combinators.combine(
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.of(true, false, false),
                        Arbitraries.of(Resolution.class),
                        Arbitraries.integers().between(0, 4))
                .as((minutes, onItsWay, resolution, kind) -> switch (kind) {
                    case 0 -> new Cancel(ID, onItsWay, at(minutes));
                    case 1 -> new Reschedule(ID, at(minutes + 1), onItsWay, at(minutes));
                    case 2 -> new Expire(ID, at(minutes));
                    case 3 -> new Redrive(ID, at(minutes));
                    default -> new Resolve(ID, resolution, onItsWay, at(minutes));
                });
        return Arbitraries.oneOf(attempts, interventions).list().ofMaxSize(14);
    }
}
