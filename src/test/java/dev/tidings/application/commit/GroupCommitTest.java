package dev.tidings.application.commit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidings.application.doubles.Outage;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private static final int GROUP_SIZE = 10;
    private static final int ROOM = GROUP_SIZE * 4;
    private static final int GATE = -1;
    private static final Duration HELPED_BY_THEN = Duration.ofSeconds(1);

    private final ConcurrentLinkedQueue<List<Integer>> commits = new ConcurrentLinkedQueue<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final GroupCommit<Integer, String> group =
            new GroupCommit<>("test", 1, GROUP_SIZE, Duration.ZERO, this::commit, Outage::isOutage);

    @AfterEach
    void close() {
        gate.countDown();
        group.close();
    }

    @Test
    void a_lone_item_waits_for_nobody() {
        long before = System.nanoTime();

        for (int i = 0; i < 100; i++) {
            assertThat(group.submit(i).join()).isEqualTo("done " + i);
        }

        assertThat(commits).hasSize(100).allMatch(items -> items.size() == 1);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void what_comes_in_a_stream_gathers_and_what_comes_after_a_pause_does_not() throws InterruptedException {
        try (GroupCommit<Integer, String> gathering =
                new GroupCommit<>("gathering", 1, GROUP_SIZE, Duration.ofSeconds(1), this::commit, Outage::isOutage)) {
            gathering.submit(0).join();

            List<CompletableFuture<String>> stream = new ArrayList<>();
            for (int i = 1; i <= 5; i++) {
                stream.add(gathering.submit(i));
                TimeUnit.MILLISECONDS.sleep(10);
            }
            stream.forEach(CompletableFuture::join);
        }

        assertThat(commits).containsExactly(List.of(0), List.of(1, 2, 3, 4, 5));
    }

    @Test
    void a_flood_shares_its_commits() {
        holdTheCommitter();

        List<CompletableFuture<String>> results =
                IntStream.range(0, 35).mapToObj(group::submit).toList();
        gate.countDown();

        assertThat(results)
                .extracting(CompletableFuture::join)
                .containsExactlyElementsOf(
                        IntStream.range(0, 35).mapToObj(i -> "done " + i).toList());
        assertThat(commits).extracting(List::size).containsExactly(1, 10, 10, 10, 5);
    }

    @Test
    void a_second_one_helps_while_a_whole_group_is_waiting() throws IOException {
        try (GroupCommit<Integer, String> two =
                        new GroupCommit<>("two", 2, GROUP_SIZE, Duration.ZERO, this::commit, Outage::isOutage);
                Closeable _ = gate::countDown) {
            var held = two.submit(GATE);
            await().until(() -> commits.size() == 1);
            List<CompletableFuture<String>> less =
                    IntStream.range(1, GROUP_SIZE).mapToObj(two::submit).toList();
            await().during(HELPED_BY_THEN).until(() -> commits.size() == 1);

            assertThat(two.submit(GROUP_SIZE)).succeedsWithin(HELPED_BY_THEN);

            assertThat(less).allMatch(CompletableFuture::isDone);
            assertThat(commits)
                    .containsExactly(
                            List.of(GATE),
                            IntStream.rangeClosed(1, GROUP_SIZE).boxed().toList());
            assertThat(held).isNotDone();
        }
    }

    @Test
    void what_is_less_than_a_group_is_committed_before_two_close() {
        GroupCommit<Integer, String> two =
                new GroupCommit<>("two", 2, GROUP_SIZE, Duration.ZERO, this::commit, Outage::isOutage);
        List<CompletableFuture<String>> results =
                IntStream.range(0, GROUP_SIZE - 1).mapToObj(two::submit).toList();

        two.close();

        assertThat(results).allMatch(CompletableFuture::isDone).noneMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    void who_submits_waits_while_too_many_are_waiting() {
        holdTheCommitter();
        var _ = IntStream.range(0, ROOM).mapToObj(group::submit).toList();

        CompletableFuture<String> late = new CompletableFuture<>();
        Thread submitter =
                Thread.ofPlatform().start(() -> late.complete(group.submit(ROOM).join()));
        await().until(() -> submitter.getState() == Thread.State.TIMED_WAITING);
        assertThat(late).isNotDone();
        gate.countDown();

        assertThat(late.join()).isEqualTo("done " + ROOM);
    }

    @Test
    void what_was_submitted_is_committed_before_it_closes() throws InterruptedException {
        holdTheCommitter();
        List<CompletableFuture<String>> results =
                IntStream.range(0, ROOM).mapToObj(group::submit).toList();

        Thread closing = Thread.ofPlatform().start(group::close);
        await().until(() -> closing.getState() == Thread.State.WAITING);
        gate.countDown();
        closing.join();

        assertThat(results).allMatch(CompletableFuture::isDone).noneMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    void nothing_is_taken_once_it_is_closed() {
        group.close();

        assertThatThrownBy(() -> group.submit(1).join()).hasCauseInstanceOf(RejectedExecutionException.class);
        assertThat(commits).isEmpty();
    }

    @Test
    void an_item_that_comes_too_late_for_the_last_commit_is_refused() {
        AtomicReference<@Nullable GroupCommit<Integer, String>> closing = new AtomicReference<>();
        GroupCommit<Integer, String> late = new GroupCommit<>(
                "late", 2, GROUP_SIZE, Duration.ZERO, this::commit, Outage::isOutage, new ArrayBlockingQueue<>(ROOM) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public boolean offer(GroupCommit.Waiting<Integer, String> item, long timeout, TimeUnit unit)
                            throws InterruptedException {
                        requireNonNull(closing.get()).close();
                        return super.offer(item, timeout, unit);
                    }
                });
        closing.set(late);

        assertThat(late.submit(1))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(RejectedExecutionException.class);
        assertThat(commits).isEmpty();
    }

    @Test
    void an_outage_meets_the_whole_group_and_is_not_split() {
        GroupCommit<Integer, String> failing = new GroupCommit<>(
                "failing",
                1,
                GROUP_SIZE,
                Duration.ZERO,
                items -> {
                    commits.add(items);
                    awaitGate();
                    throw new Outage();
                },
                Outage::isOutage);
        var _ = failing.submit(GATE);
        await().until(() -> commits.size() == 1);
        List<CompletableFuture<String>> results =
                IntStream.range(0, GROUP_SIZE).mapToObj(failing::submit).toList();
        gate.countDown();
        failing.close();

        assertThat(results)
                .allSatisfy(result -> assertThatThrownBy(result::join)
                        .isInstanceOf(CompletionException.class)
                        .hasCauseInstanceOf(Outage.class));
        assertThat(commits).extracting(List::size).containsExactly(1, GROUP_SIZE);
    }

    private void holdTheCommitter() {
        var _ = group.submit(GATE);
        await().until(() -> commits.size() == 1);
    }

    private List<String> commit(List<Integer> items) {
        commits.add(items);
        if (items.contains(GATE)) {
            awaitGate();
        }
        return items.stream().map(item -> "done " + item).toList();
    }

    private void awaitGate() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
