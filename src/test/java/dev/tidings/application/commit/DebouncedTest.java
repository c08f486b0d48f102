package dev.tidings.application.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DebouncedTest {

    private static final Duration PAUSE = Duration.ofMillis(30);

    private final Semaphore mayWork = new Semaphore(0);
    private final List<Long> startedAt = Collections.synchronizedList(new ArrayList<>());
    private final Debounced debounced = new Debounced("test", PAUSE, () -> {
        startedAt.add(System.nanoTime());
        mayWork.acquireUninterruptibly();
    });

    @AfterEach
    void close() {
        mayWork.release(1000);
        debounced.close();
    }

    @Test
    void it_works_when_it_is_woken() {
        debounced.wake();

        await().until(() -> startedAt.size() == 1);
    }

    @Test
    void however_often_it_is_woken_while_it_works_it_works_once_more() {
        debounced.wake();
        await().until(() -> startedAt.size() == 1);
        for (int i = 0; i < 100; i++) {
            debounced.wake();
        }
        mayWork.release(2);
        await().until(() -> startedAt.size() == 2);
        await().until(() -> mayWork.availablePermits() == 0);

        debounced.wake();

        await().until(() -> startedAt.size() == 3);
        assertThat(mayWork.hasQueuedThreads()).isTrue();
    }

    @Test
    void it_pauses_between() {
        mayWork.release(1000);
        await().until(() -> {
            debounced.wake();
            return startedAt.size() >= 5;
        });

        for (int i = 1; i < 5; i++) {
            assertThat(Duration.ofNanos(startedAt.get(i) - startedAt.get(i - 1)))
                    .isGreaterThanOrEqualTo(PAUSE);
        }
    }
}
