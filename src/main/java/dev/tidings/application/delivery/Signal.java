package dev.tidings.application.delivery;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one waiting thread; a signal that nobody waits for is kept, several are one. */
final class Signal {

    private final Semaphore raised = new Semaphore(0);

    void raise() {
        if (raised.availablePermits() == 0) {
            raised.release();
        }
    }

    /** Yields whether it was raised, and takes it down. */
    boolean take() {
        return raised.drainPermits() > 0;
    }

    /** Returns at the signal, after {@code atMost}, or when interrupted. */
    void await(Duration atMost) {
        try {
            if (raised.tryAcquire(Math.max(1, atMost.toMillis()), TimeUnit.MILLISECONDS)) {
                raised.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
