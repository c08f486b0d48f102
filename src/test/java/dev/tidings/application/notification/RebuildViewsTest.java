package dev.tidings.application.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.application.doubles.InMemoryViewsBeside;
import dev.tidings.application.doubles.SettableClock;
import dev.tidings.application.notification.ViewsBeside.Differences;
import dev.tidings.application.notification.ViewsBeside.Phase;
import dev.tidings.application.notification.ViewsBeside.Progress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RebuildViewsTest {

    private static final int ALL_STEPS = 5;

    private final InMemoryViewsBeside views = new InMemoryViewsBeside();
    private final RebuildViews rebuild = node("here");

    private RebuildViews node(String name) {
        return new RebuildViews(views, () -> name, new SettableClock());
    }

    @AfterEach
    void letItEnd() {
        views.steps.release(ALL_STEPS);
        rebuild.close();
    }

    @Test
    void there_is_nothing_to_tell_before_the_first_one() {
        assertThat(rebuild.progress()).isEmpty();
    }

    @Test
    void it_tells_each_phase_and_in_the_end_what_was_wrong() {
        views.differences = new Differences(1, 2, 3, List.of("some"));
        rebuild.start();
        views.steps.release(ALL_STEPS);
        awaitPhase(Phase.DONE);

        assertThat(views.notes())
                .extracting(Progress::phase)
                .containsSubsequence(Phase.COPYING, Phase.INDEXING, Phase.COMPARING, Phase.SWITCHING, Phase.DONE);
        Progress last = rebuild.progress().orElseThrow();
        assertThat(last.read()).isEqualTo(2_007);
        assertThat(last.left()).isZero();
        assertThat(last.differences()).isEqualTo(views.differences);
        assertThat(views.isUnderWay()).isFalse();
    }

    @Test
    void a_second_one_is_not_started_here_nor_elsewhere() {
        rebuild.start();
        views.steps.release(2);
        awaitPhase(Phase.INDEXING);

        assertThat(rebuild.start().phase()).isEqualTo(Phase.INDEXING);
        assertThat(node("there").start().node()).isEqualTo("here");
    }

    @Test
    void another_may_follow_as_soon_as_one_has_ended() {
        views.steps.release(2 * ALL_STEPS);
        rebuild.start();
        awaitPhase(Phase.DONE);

        assertThat(rebuild.start().phase()).isEqualTo(Phase.COPYING);
    }

    @Test
    void a_failure_is_told_and_gives_way_to_the_next_one() {
        views.failure = new IllegalStateException("the disk is full");
        views.steps.release(1);
        rebuild.start();
        awaitPhase(Phase.FAILED);
        assertThat(rebuild.progress().orElseThrow().problem()).isEqualTo("the disk is full");

        views.failure = null;
        views.steps.release(ALL_STEPS);
        rebuild.start();
        awaitPhase(Phase.DONE);
    }

    @Test
    void one_whose_process_is_gone_is_told_as_interrupted() {
        rebuild.start();
        views.steps.release(2);
        awaitPhase(Phase.INDEXING);
        views.loseTheLock();

        assertThat(rebuild.progress().orElseThrow().phase()).isEqualTo(Phase.INTERRUPTED);
    }

    private void awaitPhase(Phase phase) {
        await().untilAsserted(() -> {
            assertThat(rebuild.progress().orElseThrow().phase()).isEqualTo(phase);
            assertThat(views.isUnderWay()).isEqualTo(!phase.isEnd());
        });
    }
}
