package dev.tidings.adapters.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.adapters.eventstore.Follower.Pace;
import dev.tidings.application.doubles.InMemoryTokens;
import dev.tidings.application.doubles.InMemoryTransactions;
import dev.tidings.application.doubles.Outage;
import dev.tidings.application.doubles.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.eventhandling.TrackingToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FollowerTest {

    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMillis(10);
    private static final Pace IMPATIENT = new Pace(SOON, SOON, NEVER, SOON, SOON);
    private static final Pace WHEN_WOKEN = new Pace(NEVER, SOON, NEVER, SOON, SOON);
    private static final Pace ALWAYS_EXTENDING = new Pace(SOON, SOON, Duration.ZERO, SOON, SOON);

    private final SettableClock clock = new SettableClock();
    private final InMemoryTransactions transactions = new InMemoryTransactions();
    private final InMemoryTokens tokens = new InMemoryTokens(clock, transactions);
    private final ScriptedLog log = new ScriptedLog(3);
    private final ScriptedProcessor views = ScriptedProcessor.inside("views");
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<Follower> followers = new ArrayList<>();

    @AfterEach
    void stop() {
        released.countDown();
        followers.forEach(Follower::stop);
        assertThat(followers).allMatch(follower -> follower.hasEndedWithin(Duration.ofSeconds(10)));
    }

    @Test
    void everything_is_processed_once_and_in_order_in_batches() {
        log.add("a", "b", "c", "d", "e", "f", "g");

        follow("one", views, WHEN_WOKEN);

        await().until(() -> views.processed().size() == 7);
        assertThat(views.processed()).containsExactly("a", "b", "c", "d", "e", "f", "g");
        assertThat(views.calls()).isEqualTo(3);
        await().until(() -> position("views") == 7);
        assertThat(log.readings()).isEqualTo(3);
    }

    @Test
    void a_batch_that_fails_comes_again_until_it_works_and_the_position_waits_for_it() {
        AtomicBoolean broken = new AtomicBoolean(true);
        views.doing(_ -> {
            if (broken.get()) {
                throw new Outage();
            }
        });
        ScriptedProcessor healthy = ScriptedProcessor.inside("healthy");
        log.add("a", "b");
        follow("one", views, IMPATIENT);
        follow("one", healthy, IMPATIENT);

        await().until(() -> views.calls() >= 3);
        await().until(() -> healthy.processed().size() == 2);
        assertThat(position("views")).isZero();

        broken.set(false);
        await().until(() -> position("views") == 2);
        assertThat(views.processed()).containsExactly("a", "b");
        assertThat(healthy.calls()).isOne();
    }

    @Test
    void what_the_outside_did_not_take_comes_again() {
        AtomicBoolean down = new AtomicBoolean(true);
        ScriptedProcessor outside = ScriptedProcessor.outside("outside").doing(_ -> {
            if (down.get()) {
                throw new Outage();
            }
        });
        log.add("a");
        follow("one", outside, IMPATIENT);
        await().until(() -> outside.calls() >= 3);
        assertThat(position("outside")).isZero();

        down.set(false);

        await().until(() -> position("outside") == 1);
        assertThat(outside.processed()).containsExactly("a");
    }

    @Test
    void each_failure_in_a_row_makes_the_pause_longer_up_to_a_limit() {
        Pace pace = new Pace(NEVER, NEVER, NEVER, SOON, SOON.multipliedBy(10));

        assertThat(pace.after(1)).isEqualTo(SOON);
        assertThat(pace.after(2)).isEqualTo(SOON.multipliedBy(2));
        assertThat(pace.after(4)).isEqualTo(SOON.multipliedBy(8));
        assertThat(pace.after(5)).isEqualTo(SOON.multipliedBy(10));
        assertThat(pace.after(1_000)).isEqualTo(SOON.multipliedBy(10));
    }

    @Test
    void what_fails_here_may_go_on_elsewhere() {
        views.doing(_ -> {
            throw new Outage();
        });
        ScriptedProcessor elsewhere = ScriptedProcessor.inside("views");
        log.add("a");
        follow("one", views, new Pace(SOON, SOON, NEVER, NEVER, NEVER));
        await().until(() -> views.calls() == 1);

        follow("two", elsewhere, IMPATIENT);

        await().until(() -> elsewhere.processed().equals(List.of("a")));
    }

    @Test
    void a_commit_that_fails_leaves_the_position_and_the_batch_comes_again() {
        AtomicBoolean failed = new AtomicBoolean();
        views.doing(_ -> {
            if (failed.compareAndSet(false, true)) {
                transactions.failNextCommit(new Outage());
            }
        });
        log.add("a");

        follow("one", views, IMPATIENT);

        await().until(() -> position("views") == 1);
        assertThat(views.calls()).isEqualTo(2);
        assertThat(transactions.rollbacks()).isOne();
    }

    @Test
    void no_transaction_is_open_while_the_outside_is_called() {
        ScriptedProcessor outside = ScriptedProcessor.outside("outside").doing(_ -> awaitATransactionElsewhere());
        log.add("a");

        follow("one", outside, IMPATIENT);

        await().until(() -> position("outside") == 1);
        assertThat(outside.calls()).isOne();
    }

    private void awaitATransactionElsewhere() {
        CompletableFuture.runAsync(() -> transactions.executeInTransaction(() -> {}))
                .orTimeout(2, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void of_two_nodes_one_follows() {
        ScriptedProcessor other = ScriptedProcessor.inside("views");
        follow("one", views, IMPATIENT);
        await().until(() -> tokens.owner("views").isPresent());
        follow("two", other, IMPATIENT);

        log.add("a", "b", "c", "d");

        await().until(() -> views.processed().size() == 4);
        assertThat(other.calls()).isZero();
        assertThat(tokens.owner("views")).contains("one");
    }

    @Test
    void another_node_takes_over_where_a_dead_one_was_once_its_claim_has_ended() {
        ScriptedProcessor dying = ScriptedProcessor.outside("views");
        ScriptedProcessor other = ScriptedProcessor.outside("views");
        log.add("a");
        follow("one", dying, IMPATIENT);
        await().until(() -> position("views") == 1);
        dying.doing(_ -> awaitRelease());
        log.add("b");
        await().until(() -> dying.calls() == 2);
        follow("two", other, IMPATIENT);
        clock.advance(InMemoryTokens.CLAIM_TIMEOUT);
        assertThat(tokens.of("two").fetchAvailableSegments("views")).isEmpty();

        clock.advance(Duration.ofMillis(1));

        await().until(() -> other.processed().equals(List.of("b")));
        assertThat(tokens.owner("views")).contains("two");
    }

    @Test
    void who_has_lost_its_claim_while_it_processed_does_not_move_the_position() {
        ScriptedProcessor announcements = ScriptedProcessor.outside("views").doing(_ -> awaitRelease());
        ScriptedProcessor other = ScriptedProcessor.outside("views");
        log.add("a");
        Follower one = follow("one", announcements, IMPATIENT);
        await().until(() -> announcements.calls() == 1);
        clock.advance(InMemoryTokens.CLAIM_TIMEOUT.plusMillis(1));
        Follower two = follow("two", other, WHEN_WOKEN);
        await().until(() -> position("views") == 1);
        log.add("b", "c");
        two.wake();
        await().until(() -> position("views") == 3);

        released.countDown();

        await().until(() -> !one.isStillClaimed());
        assertThat(position("views")).isEqualTo(3);
        assertThat(tokens.owner("views")).contains("two");
        assertThat(announcements.calls()).isOne();
    }

    @Test
    void who_has_lost_its_claim_between_two_batches_processes_nothing_more() {
        Follower one = follow("one", views, new Pace(NEVER, NEVER, Duration.ZERO, NEVER, NEVER));
        await().until(() -> tokens.owner("views").isPresent());
        clock.advance(InMemoryTokens.CLAIM_TIMEOUT.plusMillis(1));
        tokens.of("two").fetchToken("views", 0);
        log.add("a");

        one.wake();

        await().until(() -> !one.isStillClaimed());
        assertThat(views.calls()).isZero();
    }

    @Test
    void a_claim_is_kept_however_long_a_batch_takes() {
        ScriptedProcessor slow = ScriptedProcessor.outside("views").doing(_ -> awaitRelease());
        log.add("a");
        Follower one = follow("one", slow, ALWAYS_EXTENDING);
        await().until(() -> slow.calls() == 1);
        ScriptedProcessor other = ScriptedProcessor.outside("views");
        follow("two", other, IMPATIENT);

        for (int i = 0; i < 20; i++) {
            clock.advance(InMemoryTokens.CLAIM_TIMEOUT.dividedBy(2));
            assertThat(one.isStillClaimed()).isTrue();
        }
        released.countDown();

        await().until(() -> position("views") == 1);
        assertThat(other.calls()).isZero();
    }

    @Test
    void a_quiet_log_is_looked_at_and_nothing_is_stored() {
        log.add("a");
        follow("one", views, IMPATIENT);
        await().until(() -> position("views") == 1);
        int readings = log.readings();

        await().until(() -> log.readings() > readings + 10);

        assertThat(tokens.stored()).isOne();
    }

    @Test
    void who_is_woken_reads_at_once() {
        Follower follower = follow("one", views, WHEN_WOKEN);
        await().until(() -> log.readings() == 1);
        log.add("a");

        follower.wake();

        await().atMost(Duration.ofSeconds(1)).until(() -> views.processed().equals(List.of("a")));
    }

    @Test
    void a_stream_is_gathered_and_processed_at_once_when_it_ends() {
        ScriptedLog flood = flood(60, 290);
        Follower follower = follow("one", views.gathering(NEVER), flood, WHEN_WOKEN);
        await().until(() -> flood.readings() == 5);
        assertThat(views.calls()).isZero();
        assertThat(position("views")).isZero();

        follower.wake();

        await().until(() -> position("views") == 290);
        assertThat(views.calls()).isOne();
        assertThat(views.processed()).hasSize(290);
    }

    @Test
    void a_stream_is_not_gathered_for_longer_than_its_processor_wants() {
        ScriptedLog flood = flood(60, 59);
        Follower follower = follow("one", views.gathering(Duration.ofMillis(300)), flood, WHEN_WOKEN);
        await().until(() -> flood.readings() == 1);
        int last = 59;
        while (views.calls() == 0) {
            addTo(flood, last + 1, last + 10);
            last += 10;
            follower.wake();
            await().pollInterval(Duration.ofMillis(2)).until(flood::isRead);
        }

        await().until(() -> position("views") > 59);
        assertThat(position("views")).isLessThan(10_000);
    }

    @Test
    void what_comes_now_and_then_is_not_gathered() {
        log.add("a", "b");

        follow("one", views.gathering(NEVER), WHEN_WOKEN);

        await().until(() -> position("views") == 2);
    }

    @Test
    void what_is_gathered_is_bounded() {
        ScriptedLog flood = flood(1_000, 25_500);

        follow("one", views.gathering(NEVER), flood, WHEN_WOKEN);

        await().until(() -> position("views") == 20_000);
        assertThat(views.calls()).isEqualTo(2);
    }

    @Test
    void what_was_gathered_when_it_stops_is_processed() {
        ScriptedLog flood = flood(60, 110);
        Follower follower = follow("one", views.gathering(NEVER), flood, WHEN_WOKEN);
        await().until(() -> flood.readings() == 2);

        follower.stop();

        await().until(() -> position("views") == 110);
        assertThat(views.calls()).isOne();
    }

    @Test
    void what_was_gathered_and_fails_comes_again() {
        ScriptedLog flood = flood(60, 130);
        AtomicBoolean failed = new AtomicBoolean();
        views.gathering(NEVER).doing(_ -> {
            if (failed.compareAndSet(false, true)) {
                throw new Outage();
            }
        });

        follow("one", views, flood, IMPATIENT);

        await().until(() -> position("views") == 130);
        assertThat(views.calls()).isEqualTo(2);
        assertThat(views.processed()).hasSize(130);
    }

    private static ScriptedLog flood(int most, int events) {
        ScriptedLog flood = new ScriptedLog(most);
        addTo(flood, 1, events);
        return flood;
    }

    private static void addTo(ScriptedLog log, int from, int to) {
        for (int i = from; i <= to; i++) {
            log.at(i, "event " + i);
        }
    }

    @Test
    void what_nobody_woke_for_is_found_too() {
        follow("one", views, IMPATIENT);
        await().until(() -> log.readings() > 1);

        log.add("a");

        await().until(() -> views.processed().equals(List.of("a")));
    }

    @Test
    void a_gap_that_is_filled_late_is_processed_then() {
        log.at(1, "a");
        log.at(3, "c");
        follow("one", views, IMPATIENT);
        await().until(() -> position("views") == 3);

        log.at(2, "b");

        await().until(() -> views.processed().equals(List.of("a", "c", "b")));
        assertThat(position("views")).isEqualTo(3);
    }

    @Test
    void who_stops_finishes_its_batch_and_leaves_its_claim_to_the_next_at_once() {
        ScriptedProcessor outside = ScriptedProcessor.outside("views").doing(_ -> awaitRelease());
        log.add("a");
        Follower one = follow("one", outside, IMPATIENT);
        await().until(() -> outside.calls() == 1);

        one.stop();
        released.countDown();

        assertThat(one.hasEndedWithin(Duration.ofSeconds(10))).isTrue();
        assertThat(position("views")).isEqualTo(1);
        assertThat(tokens.owner("views")).isEmpty();
    }

    private Follower follow(String node, ScriptedProcessor processor, Pace pace) {
        return follow(node, processor, log, pace);
    }

    private Follower follow(String node, ScriptedProcessor processor, ScriptedLog log, Pace pace) {
        Follower follower = new Follower(processor, log, tokens.of(node), transactions, () -> null, pace);
        followers.add(follower);
        follower.start();
        return follower;
    }

    private void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long position(String processor) {
        return tokens.token(processor)
                .map(TrackingToken::position)
                .orElse(OptionalLong.empty())
                .orElse(0);
    }
}
