package dev.tidings.application.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** Any items of a group may be impossible to commit. */
class GroupCommitSplitsTest {

    static final int GROUP_SIZE = 32;
    private static final int GATE = -1;
    private static final Semaphore ENTERED = new Semaphore(0);
    private static final Semaphore OPENED = new Semaphore(0);
    private static final Set<Integer> POISON = new HashSet<>();
    private static final Set<Integer> COMMITTED = new HashSet<>();
    private static final GroupCommit<Integer, String> GROUP =
            new GroupCommit<>("splits", 1, GROUP_SIZE, Duration.ZERO, GroupCommitSplitsTest::commit, thrown -> false);

    @AfterContainer
    static void close() {
        GROUP.close();
    }

    @Property(tries = 300)
    void exactly_those_that_cannot_be_committed_fail(
            @ForAll @IntRange(min = 1, max = GROUP_SIZE) int items,
            @ForAll Set<@IntRange(min = 0, max = GROUP_SIZE - 1) Integer> poison) {
        POISON.clear();
        POISON.addAll(poison);
        COMMITTED.clear();

        CompletableFuture<String> gate = GROUP.submit(GATE);
        ENTERED.acquireUninterruptibly();
        List<CompletableFuture<String>> results =
                IntStream.range(0, items).mapToObj(GROUP::submit).toList();
        OPENED.release();
        gate.join();

        for (int item = 0; item < items; item++) {
            CompletableFuture<String> result = results.get(item);
            if (poison.contains(item)) {
                assertThatThrownBy(result::join)
                        .hasCauseInstanceOf(IllegalStateException.class)
                        .hasRootCauseMessage("poison " + item);
            } else {
                assertThat(result.join()).isEqualTo("done " + item);
            }
        }
        assertThat(COMMITTED)
                .isEqualTo(IntStream.range(0, items)
                        .filter(item -> !poison.contains(item))
                        .collect(HashSet::new, Set::add, Set::addAll));
    }

    private static List<String> commit(List<Integer> items) {
        if (items.contains(GATE)) {
            ENTERED.release();
            OPENED.acquireUninterruptibly();
        }
        items.stream().filter(POISON::contains).findFirst().ifPresent(item -> {
            throw new IllegalStateException("poison " + item);
        });
        items.stream()
                .filter(item -> item != GATE)
                .forEach(item -> assertThat(COMMITTED.add(item)).isTrue());
        return items.stream().map(item -> "done " + item).toList();
    }
}
