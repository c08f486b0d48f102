package dev.tidings.adapters.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProbeTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void a_flood_of_questions_is_asked_once() {
        Probe<Integer> probe = new Probe<>("flood", LONG, LONG, asked::incrementAndGet);

        List<CompletableFuture<Integer>> answers =
                IntStream.range(0, 1_000).mapToObj(_ -> probe.ask()).toList();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(1));
    }

    @Test
    void an_answer_that_is_no_longer_good_is_asked_for_anew() {
        Probe<Integer> probe = new Probe<>("stale", LONG, Duration.ZERO, asked::incrementAndGet);

        assertThat(probe.ask().join()).isEqualTo(1);
        assertThat(probe.ask().join()).isEqualTo(2);
    }

    @Test
    void what_took_long_is_good_for_longer() {
        Probe<Integer> probe = new Probe<>("slow", LONG, took -> took.multipliedBy(10_000), () -> {
            new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS);
            return asked.incrementAndGet();
        });

        assertThat(probe.ask().join()).isEqualTo(1);
        assertThat(probe.ask().join()).isEqualTo(1);
    }

    @Test
    void nobody_waits_longer_than_the_patience_allows_and_the_question_is_not_asked_twice_at_a_time() {
        CountDownLatch never = new CountDownLatch(1);
        Probe<Integer> probe = new Probe<>("stuck", Duration.ofMillis(50), Duration.ZERO, () -> {
            asked.incrementAndGet();
            never.await();
            return 0;
        });

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> probe.ask().join()).hasCauseInstanceOf(TimeoutException.class);
        }

        assertThat(asked).hasValue(1);
        never.countDown();
    }

    @Test
    void a_question_that_fails_fails_for_who_asked() {
        Probe<Integer> probe = new Probe<>("failing", LONG, LONG, () -> {
            throw new IllegalStateException("no");
        });

        assertThatThrownBy(() -> probe.ask().join()).hasCauseInstanceOf(IllegalStateException.class);
    }
}
