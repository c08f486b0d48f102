package dev.tidings.application.delivery;

import static dev.tidings.application.doubles.Drafts.CONTEXT;
import static dev.tidings.application.doubles.Drafts.marketing;
import static dev.tidings.application.doubles.Drafts.welcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.application.acceptance.NotificationDraft;
import dev.tidings.application.doubles.InMemoryDeliveryQueue.Row;
import dev.tidings.application.doubles.TidingsInMemory;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.notification.NotificationEvent.AttemptOutcomeUnknown;
import dev.tidings.domain.notification.NotificationEvent.NotificationRequested;
import dev.tidings.domain.notification.NotificationEvent.NotificationSent;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.recipient.Channel;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecoverInterruptedAttemptsTest {

    private final TidingsInMemory tidings = new TidingsInMemory();
    private final AtomicInteger wakeUps = new AtomicInteger();
    private final RecoverInterruptedAttempts recover =
            new RecoverInterruptedAttempts(tidings.queue, tidings.attempts, tidings.clock, wakeUps::incrementAndGet);

    @AfterEach
    void close() {
        recover.close();
        tidings.close();
    }

    @Test
    void nobody_knows_what_came_of_an_attempt_whose_holder_died() {
        NotificationId id = interrupted(welcome("ada"));

        assertThat(recover.recover()).isEqualTo(1);

        assertThat(tidings.events.payloads(id)).last().isInstanceOfSatisfying(AttemptOutcomeUnknown.class, unknown -> {
            assertThat(unknown.attempt()).isEqualTo(1);
            assertThat(unknown.provider()).isNull();
            assertThat(unknown.failure().code()).isEqualTo("interrupted");
            assertThat(unknown.at()).isEqualTo(tidings.clock.instant());
        });
        assertThat(RequestContext.of(tidings.events.messages().getLast().getMetaData()))
                .isEqualTo(CONTEXT);
        assertThat(wakeUps).hasValue(1);
    }

    @Test
    void it_is_due_again_where_the_category_prefers_a_second_copy() {
        NotificationId id = interrupted(welcome("ada"));

        recover.recover();

        assertThat(tidings.queue.find(id)).hasValueSatisfying(row -> {
            assertThat(row.isClaimed()).isFalse();
            assertThat(row.held()).isFalse();
            assertThat(row.dueAt()).isAfter(tidings.clock.instant());
        });
    }

    @Test
    void it_is_held_where_the_category_prefers_none() {
        NotificationId id = interrupted(marketing("ada"));

        recover.recover();

        assertThat(tidings.queue.find(id)).hasValueSatisfying(row -> {
            assertThat(row.isClaimed()).isFalse();
            assertThat(row.held()).isTrue();
        });
    }

    @Test
    void it_is_resent_and_both_attempts_are_on_record() {
        NotificationId id = interrupted(welcome("ada"));
        tidings.engine.start();

        tidings.recover.recover();
        tidings.clock.advance(TidingsInMemory.RETRY.delays().getFirst());
        tidings.engine.wake();

        await().until(() -> tidings.queue.all().isEmpty());
        assertThat(tidings.events.payloads(id))
                .hasExactlyElementsOfTypes(
                        NotificationRequested.class, AttemptOutcomeUnknown.class, NotificationSent.class)
                .last()
                .isInstanceOfSatisfying(
                        NotificationSent.class,
                        sent -> assertThat(sent.attempt()).isEqualTo(2));
    }

    @Test
    void a_claim_that_is_still_kept_is_left_alone() {
        NotificationId id = tidings.accept.accept(welcome("ada")).join().notificationId();
        claim();

        assertThat(recover.recover()).isZero();

        assertThat(tidings.queue.find(id))
                .hasValueSatisfying(row -> assertThat(row.isClaimed()).isTrue());
        assertThat(wakeUps).hasValue(0);
    }

    @Test
    void what_cannot_be_recorded_now_is_found_again() {
        NotificationId id = interrupted(welcome("ada"));
        tidings.transactions.failNextCommit(new IllegalStateException("can't be recorded"));
        tidings.transactions.failNextCommit(new IllegalStateException("can't be recorded"));

        assertThat(recover.recover()).isZero();
        assertThat(tidings.queue.find(id))
                .hasValueSatisfying(row -> assertThat(row.isClaimed()).isTrue());

        assertThat(recover.recover()).isEqualTo(1);
        assertThat(tidings.events.payloads(id)).last().isInstanceOf(AttemptOutcomeUnknown.class);
    }

    @Test
    void a_dead_holders_work_is_taken_over_without_anybody_asking() {
        interrupted(welcome("ada"));

        recover.start();

        await().until(() -> tidings.queue.all().stream().noneMatch(Row::isClaimed));
    }

    @Test
    void an_outage_does_not_stop_it() {
        interrupted(welcome("ada"));
        tidings.transactions.goDown();
        recover.start();
        await().until(() -> tidings.transactions.refusals() > 0);

        tidings.transactions.comeBack();

        await().until(() -> tidings.queue.all().stream().noneMatch(Row::isClaimed));
    }

    private NotificationId interrupted(NotificationDraft draft) {
        NotificationId id = tidings.accept.accept(draft).join().notificationId();
        claim();
        tidings.queue.holderDied(id);
        return id;
    }

    private void claim() {
        assertThat(tidings.queue.claim(
                        Channel.EMAIL,
                        DeliveryQueue.Order.URGENT_FIRST,
                        10,
                        tidings.clock.instant(),
                        tidings.clock.instant().plus(TidingsInMemory.LEASE)))
                .hasSize(1);
    }
}
