package dev.tidings.application.commit;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Does something when woken: at once the first time, then no more often than once a pause, however often it is woken. */
public final class Debounced implements Wakeable, AutoCloseable {

    private final Semaphore woken = new Semaphore(0);
    private final Duration pause;
    private final Runnable work;
    private final Thread thread;

    /** {@code work} must not throw: it would never be done again. */
    public Debounced(String name, Duration pause, Runnable work) {
        this.pause = pause;
        this.work = work;
        this.thread = Thread.ofVirtual().name(name).start(this::run);
    }

    @Override
    public void wake() {
        if (woken.availablePermits() == 0) {
            woken.release();
        }
    }

    private void run() {
        try {
            while (true) {
                woken.acquire();
                woken.drainPermits();
                work.run();
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
