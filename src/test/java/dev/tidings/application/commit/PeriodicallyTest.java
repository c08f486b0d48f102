package dev.tidings.application.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeriodicallyTest {

    private static final Duration BRIEF = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofHours(1);

    private final AtomicInteger times = new AtomicInteger();

    @Test
    void it_is_done_at_once_and_again_and_again() {
        try (Periodically _ = Periodically.start("often", BRIEF, times::incrementAndGet)) {
            await().until(() -> times.get() > 3);
        }
        int before = times.get();
        try (Periodically _ = Periodically.start("seldom", LONG, times::incrementAndGet)) {
            await().until(() -> times.get() == before + 1);
        }
        assertThat(times).hasValue(before + 1);
    }

    @Test
    void what_goes_wrong_once_is_tried_again() {
        try (Periodically _ = Periodically.start("failing", BRIEF, () -> {
            if (times.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
        })) {
            await().until(() -> times.get() > 3);
        }
    }

    @Test
    void closing_waits_for_what_is_being_done_and_for_nothing_else() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicBoolean done = new AtomicBoolean();
        AtomicBoolean closed = new AtomicBoolean();
        Periodically work = Periodically.start("slow", LONG, () -> {
            begun.countDown();
            awaitUninterrupted(mayEnd);
            done.set(true);
        });
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        Thread closing = Thread.ofVirtual().start(() -> {
            work.close();
            closed.set(done.get());
        });
        assertThat(closing.join(Duration.ofMillis(50))).isFalse();
        mayEnd.countDown();

        assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
        assertThat(closed).isTrue();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
