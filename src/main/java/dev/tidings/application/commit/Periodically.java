package dev.tidings.application.commit;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again, with a pause in between; what goes wrong once is tried again next time. */
public final class Periodically implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Periodically.class);

    private final Semaphore closing = new Semaphore(0);
    private final Thread thread;

    private Periodically(String name, Duration pause, Runnable work) {
        this.thread = Thread.ofVirtual().name(name).start(() -> run(name, pause, work));
    }

    public static Periodically start(String name, Duration pause, Runnable work) {
        return new Periodically(name, pause, work);
    }

    private void run(String name, Duration pause, Runnable work) {
        try {
            do {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.warn("{} failed; next try in {}", name, pause, e);
                }
            } while (!closing.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when what is being done is done. */
    @Override
    public void close() {
        closing.release();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
