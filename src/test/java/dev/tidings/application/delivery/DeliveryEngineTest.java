package dev.tidings.application.delivery;

import static dev.tidings.application.doubles.Drafts.marketing;
import static dev.tidings.application.doubles.Drafts.passwordReset;
import static dev.tidings.application.doubles.Drafts.scheduled;
import static dev.tidings.application.doubles.Drafts.welcome;
import static dev.tidings.application.doubles.Drafts.welcomes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.application.acceptance.NotificationDraft;
import dev.tidings.application.doubles.InMemoryDeliveryQueue.Row;
import dev.tidings.application.doubles.ScriptedProvider;
import dev.tidings.application.doubles.TidingsInMemory;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.NotificationEvent.AttemptFailed;
import dev.tidings.domain.notification.NotificationEvent.AttemptOutcomeUnknown;
import dev.tidings.domain.notification.NotificationEvent.NotificationFailed;
import dev.tidings.domain.notification.NotificationEvent.NotificationRequested;
import dev.tidings.domain.notification.NotificationEvent.NotificationSent;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.SendOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryEngineTest {

    private static final int LINES = 2;
    private static final int IN_FLIGHT = 8;
    private static final Failure BUSY = new Failure("451", "try again later");
    private static final SendOutcome FAILED_FOR_NOW = new SendOutcome.FailedForNow(BUSY, Duration.ZERO);
    private static final Duration FIRST_DELAY = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMinutes(5);

    private final TidingsInMemory tidings = tidingsWith(LINES);

    @AfterEach
    void close() {
        tidings.close();
    }

    private static TidingsInMemory tidingsWith(int lines) {
        return new TidingsInMemory(
                new ScriptedProvider(lines), new DeliverySettings(IN_FLIGHT, IN_FLIGHT, TidingsInMemory.LEASE, POLL));
    }

    @Test
    void what_is_accepted_is_sent_and_put_on_record() {
        tidings.engine.start();

        NotificationId id = accept(welcome("ada"));

        await().until(() -> tidings.queue.all().isEmpty());
        assertThat(tidings.events.payloads(id)).last().isInstanceOfSatisfying(NotificationSent.class, sent -> {
            assertThat(sent.attempt()).isEqualTo(1);
            assertThat(sent.provider()).isEqualTo(ScriptedProvider.NAME);
            assertThat(sent.providerMessageId()).isEqualTo("accepted-" + id);
            assertThat(sent.startedAt()).isEqualTo(tidings.clock.instant());
        });
    }

    @Test
    void a_backlog_is_worked_off_by_lane() {
        TidingsInMemory oneLine = tidingsWith(1);
        for (NotificationDraft draft : List.of(marketing("low"), welcome("normal"), passwordReset("instant"))) {
            oneLine.accept.accept(draft).join();
        }

        oneLine.engine.start();

        await().until(() -> oneLine.queue.all().isEmpty());
        assertThat(recipients(oneLine)).containsExactly("instant@example.org", "normal@example.org", "low@example.org");
        oneLine.close();
    }

    @Test
    void what_is_urgent_overtakes_what_waits_for_a_line() {
        TidingsInMemory oneLine = tidingsWith(1);
        oneLine.engine.start();
        awaitDrained(oneLine);
        oneLine.provider.hold();
        oneLine.accept.accept(marketing("first")).join();
        await().until(() -> oneLine.provider.received().size() == 1);

        oneLine.accept.accept(marketing("second")).join();
        oneLine.accept.accept(passwordReset("urgent")).join();
        oneLine.provider.release();

        await().until(() -> oneLine.queue.all().isEmpty());
        assertThat(recipients(oneLine))
                .containsExactly("first@example.org", "urgent@example.org", "second@example.org");
        oneLine.close();
    }

    @Test
    void what_failed_for_now_is_tried_again_when_it_is_due_and_not_before() {
        tidings.engine.start();
        tidings.provider.answer(FAILED_FOR_NOW);
        NotificationId id = accept(welcome("ada"));
        Instant due = tidings.clock.instant().plus(FIRST_DELAY);
        await().untilAsserted(() -> assertThat(tidings.queue.find(id)).hasValueSatisfying(row -> {
            assertThat(row.dueAt()).isEqualTo(due);
            assertThat(row.isClaimed()).isFalse();
        }));

        tidings.clock.advance(FIRST_DELAY.minusMillis(1));
        sendAnother("before");
        assertThat(tidings.provider.received()).hasSize(2);
        tidings.clock.advance(Duration.ofMillis(1));
        tidings.engine.wake();

        await().until(() -> tidings.queue.all().isEmpty());
        assertThat(tidings.events.payloads(id))
                .hasExactlyElementsOfTypes(NotificationRequested.class, AttemptFailed.class, NotificationSent.class);
        assertThat(tidings.provider.received())
                .extracting(OutgoingMessage::attempt)
                .containsExactly(1, 1, 2);
    }

    @Test
    void nobody_needs_to_wake_it_when_something_falls_due() {
        tidings.engine.start();
        tidings.provider.hold();
        tidings.provider.answer(FAILED_FOR_NOW);
        NotificationId id = accept(welcome("ada"));
        await().until(() -> tidings.provider.received().size() == 1);
        tidings.provider.release();
        await().until(() ->
                tidings.queue.find(id).filter(row -> !row.isClaimed()).isPresent());

        tidings.clock.advance(FIRST_DELAY.minusMillis(20));
        sendAnother("before");
        assertThat(tidings.queue.find(id)).isPresent();
        tidings.clock.advance(Duration.ofMillis(20));

        await().until(() -> tidings.queue.all().isEmpty());
    }

    @Test
    void it_gives_up_when_the_delays_are_used_up() {
        tidings.engine.start();
        tidings.provider.answerAll(message -> FAILED_FOR_NOW);
        NotificationId id = accept(welcome("ada"));

        for (int attempt = 1; attempt <= 4; attempt++) {
            int made = attempt;
            await().until(() -> tidings.events.payloads(id).size() == 1 + made);
            tidings.clock.advance(Duration.ofMinutes(2));
            tidings.engine.wake();
        }

        assertThat(tidings.events.payloads(id)).last().isInstanceOf(NotificationFailed.class);
        assertThat(tidings.queue.all()).isEmpty();
    }

    @Test
    void what_is_held_is_never_sent_by_itself() {
        tidings.engine.start();
        tidings.provider.answer(new SendOutcome.Unknown(BUSY));
        NotificationId id = accept(marketing("ada"));
        await().until(() -> tidings.queue.find(id).filter(Row::held).isPresent());

        tidings.clock.advance(Duration.ofDays(1));
        tidings.engine.wake();
        sendAnother("after");

        assertThat(tidings.provider.received()).hasSize(2);
        assertThat(tidings.queue.find(id))
                .hasValueSatisfying(row -> assertThat(row.isClaimed()).isFalse());
    }

    @Test
    void a_provider_that_throws_leaves_an_unknown_outcome() {
        tidings.engine.start();
        tidings.provider.answerAll(message -> {
            throw new IllegalStateException("with ada@example.org in it");
        });
        NotificationId id = accept(welcome("ada"));

        assertUnknown(id, new Failure("internal", "IllegalStateException"));
    }

    @Test
    void a_provider_that_breaks_costs_neither_the_notification_nor_the_line() {
        tidings.engine.start();
        tidings.provider.answerAll(message -> {
            throw new StackOverflowError();
        });
        NotificationId id = accept(welcome("ada"));
        assertUnknown(id, new Failure("internal", "StackOverflowError"));

        for (int i = 0; i < LINES; i++) {
            accept(welcome("bob"));
        }
        await().until(() -> tidings.queue.all().stream().noneMatch(Row::isClaimed));
        tidings.provider.answerAll(message -> new SendOutcome.Accepted("1"));
        sendAnother("after");
    }

    private void assertUnknown(NotificationId id, Failure failure) {
        await().until(() -> tidings.events.payloads(id).size() == 2);
        assertThat(tidings.events.payloads(id)).last().isInstanceOfSatisfying(AttemptOutcomeUnknown.class, unknown -> {
            assertThat(unknown.failure()).isEqualTo(failure);
            assertThat(unknown.resendAt()).isNotNull();
        });
    }

    @Test
    void an_outcome_is_recorded_once_the_outage_is_over() {
        tidings.engine.start();
        tidings.provider.hold();
        NotificationId id = accept(welcome("ada"));
        await().until(() -> tidings.provider.received().size() == 1);
        tidings.transactions.goDown();
        tidings.provider.release();
        await().until(() -> tidings.transactions.refusals() > 0);

        tidings.transactions.comeBack();

        await().until(() -> tidings.queue.all().isEmpty());
        assertThat(tidings.events.payloads(id)).last().isInstanceOf(NotificationSent.class);
        assertThat(tidings.provider.received()).hasSize(1);
    }

    @Test
    void it_claims_again_once_the_outage_is_over() {
        tidings.transactions.goDown();
        tidings.engine.start();
        await().until(() -> tidings.transactions.refusals() > 0);
        tidings.transactions.comeBack();

        NotificationId id = accept(welcome("ada"));

        await().until(() -> tidings.queue.find(id).isEmpty());
    }

    @Test
    void an_outcome_that_cannot_be_recorded_is_unknown_once_its_lease_is_over() {
        tidings.engine.start();
        tidings.provider.hold();
        NotificationId id = accept(welcome("ada"));
        await().until(() -> tidings.provider.received().size() == 1);
        tidings.transactions.failNextCommit(new IllegalStateException("can't be recorded"));
        tidings.transactions.failNextCommit(new IllegalStateException("can't be recorded"));
        tidings.provider.release();
        awaitPlaces(tidings, IN_FLIGHT);

        tidings.clock.advance(TidingsInMemory.LEASE.plusMillis(1));

        assertThat(tidings.recover.recover()).isEqualTo(1);
        assertThat(tidings.events.payloads(id)).last().isInstanceOf(AttemptOutcomeUnknown.class);
    }

    @Test
    void no_more_is_claimed_than_may_be_in_flight() {
        AtomicInteger mostClaimed = new AtomicInteger();
        tidings.provider.answerAll(message -> {
            mostClaimed.accumulateAndGet(claimed(), Math::max);
            return new SendOutcome.Accepted("1");
        });
        welcomes(60).forEach(this::accept);

        tidings.engine.start();
        welcomes(60).forEach(this::accept);

        await().until(() -> tidings.queue.all().isEmpty());
        assertThat(tidings.provider.received()).hasSize(120);
        assertThat(mostClaimed.get()).isBetween(1, IN_FLIGHT);
        assertThat(tidings.provider.mostAtOnce()).isLessThanOrEqualTo(LINES);
        awaitPlaces(tidings, IN_FLIGHT);
    }

    private static TidingsInMemory claimingAhead() {
        return new TidingsInMemory(
                new ScriptedProvider(LINES),
                new DeliverySettings(IN_FLIGHT, 4 * IN_FLIGHT, TidingsInMemory.LEASE, POLL));
    }

    @Test
    void who_sends_fast_claims_ahead() {
        TidingsInMemory fast = claimingAhead();
        fast.engine.start();
        welcomes(IN_FLIGHT).forEach(draft -> fast.accept.accept(draft).join());
        awaitPlaces(fast, IN_FLIGHT);

        fast.clock.advance(Duration.ofMillis(100));

        awaitPlaces(fast, 4 * IN_FLIGHT);
        fast.close();
    }

    @Test
    void within_a_lane_nobody_overtakes_when_less_may_be_in_flight_than_before() {
        TidingsInMemory slower = claimingAhead();
        slower.engine.claimDue();
        welcomes(IN_FLIGHT).forEach(draft -> slower.accept.accept(draft).join());
        for (int i = 0; i < IN_FLIGHT; i++) {
            OutgoingMessage sent = Objects.requireNonNull(slower.engine.next(Duration.ofSeconds(1)));
            slower.engine.attempted(
                    sent,
                    new Handover.Made(
                            ScriptedProvider.NAME,
                            new SendOutcome.Accepted("1"),
                            slower.clock.instant(),
                            List.of(),
                            false));
        }
        awaitPlaces(slower, IN_FLIGHT);
        slower.clock.advance(Duration.ofMillis(100));
        awaitPlaces(slower, 4 * IN_FLIGHT);

        slower.accept.accept(welcome("older")).join();
        slower.clock.advance(Duration.ofSeconds(10));
        slower.accept.accept(welcome("newer")).join();

        assertThat(Objects.requireNonNull(slower.engine.next(Duration.ofSeconds(1)))
                        .recipient()
                        .value())
                .isEqualTo("older@example.org");
        slower.close();
    }

    @Test
    void a_few_that_were_left_do_not_hold_up_what_comes_next() {
        tidings.engine.claimDue();

        tidings.engine.left(IN_FLIGHT / 4, Lane.NORMAL);
        assertThat(reserved(Lane.NORMAL)).isEqualTo(1);

        tidings.engine.left(1, Lane.NORMAL);
        assertThat(reserved(Lane.NORMAL)).isZero();
        assertThat(reserved(Lane.HIGH)).isEqualTo(1);

        tidings.engine.claimDue();
        assertThat(reserved(Lane.NORMAL)).isEqualTo(1);
    }

    @Test
    void what_is_due_after_two_looks_is_no_reason_to_look_now() {
        tidings.engine.claimDue();
        tidings.engine.takeSignal();
        Instant afterTwoLooks = tidings.clock.instant().plus(POLL.multipliedBy(2));

        accept(scheduled(welcome("ada"), afterTwoLooks));
        assertThat(tidings.engine.takeSignal()).isFalse();

        accept(scheduled(welcome("grace"), afterTwoLooks.minusMillis(1)));
        assertThat(tidings.engine.takeSignal()).isTrue();
    }

    @Test
    void it_sleeps_no_longer_than_until_the_next_is_due() {
        accept(scheduled(welcome("ada"), tidings.clock.instant().plus(POLL.multipliedBy(2))));
        assertThat(tidings.engine.claimDue()).isEqualTo(POLL);

        tidings.clock.advance(POLL.plusSeconds(1));

        assertThat(tidings.engine.claimDue()).isEqualTo(POLL.minusSeconds(1));
    }

    private int reserved(Lane lane) {
        int places = tidings.engine.reserve(Stream.of(lane));
        tidings.engine.cancel(places);
        return places;
    }

    @Test
    void all_lines_of_the_provider_are_used() {
        tidings.engine.start();
        tidings.provider.hold();
        welcomes(5).forEach(this::accept);

        await().until(() -> tidings.provider.received().size() == LINES);

        tidings.provider.release();
        await().until(() -> tidings.queue.all().isEmpty());
    }

    @Test
    void a_claim_is_kept_for_as_long_as_the_provider_takes() {
        tidings.engine.start();
        tidings.provider.hold();
        NotificationId id = accept(welcome("ada"));
        await().until(() -> tidings.provider.received().size() == 1);

        tidings.clock.advance(TidingsInMemory.LEASE.dividedBy(2));

        await().untilAsserted(() -> assertThat(tidings.queue.find(id))
                .hasValueSatisfying(row -> assertThat(row.claimedUntil()).isEqualTo(tidings.engine.leaseEnd())));
        tidings.provider.release();
        await().until(() -> tidings.queue.all().isEmpty());
    }

    @Test
    void when_it_closes_it_finishes_what_is_being_sent_and_gives_the_rest_back() throws InterruptedException {
        tidings.engine.start();
        awaitDrained(tidings);
        tidings.provider.hold();
        welcomes(IN_FLIGHT).forEach(this::accept);
        await().until(() -> tidings.provider.received().size() == LINES);
        assertThat(claimed()).isEqualTo(IN_FLIGHT);

        Thread closing = Thread.ofPlatform().start(tidings.engine::close);
        await().until(() -> claimed() == LINES);
        assertThat(tidings.engine.reserve(Stream.of(Lane.NORMAL))).isZero();
        tidings.provider.release();
        closing.join();

        assertThat(tidings.provider.received()).hasSize(LINES);
        assertThat(tidings.queue.all()).hasSize(IN_FLIGHT - LINES).allSatisfy(row -> {
            assertThat(row.attempt()).isZero();
            assertThat(row.isClaimed()).isFalse();
        });
        assertThat(tidings.events.payloads())
                .filteredOn(NotificationSent.class::isInstance)
                .hasSize(LINES);
    }

    private NotificationId accept(NotificationDraft draft) {
        return tidings.accept.accept(draft).join().notificationId();
    }

    /** When it is sent, what was due before it in its lane has been looked at. */
    private void sendAnother(String user) {
        NotificationId id = accept(marketing(user));
        tidings.engine.wake();
        await().until(() -> tidings.queue.find(id).isEmpty());
    }

    private int claimed() {
        return (int) tidings.queue.all().stream().filter(Row::isClaimed).count();
    }

    private static List<String> recipients(TidingsInMemory tidings) {
        return tidings.provider.received().stream()
                .map(message -> message.recipient().value())
                .toList();
    }

    private static void awaitDrained(TidingsInMemory tidings) {
        awaitPlaces(tidings, IN_FLIGHT);
    }

    private static void awaitPlaces(TidingsInMemory tidings, int free) {
        await().until(() -> {
            int places = tidings.engine.reserve(Collections.nCopies(free, Lane.LOW).stream());
            tidings.engine.cancel(places);
            return places == free;
        });
    }
}
