package dev.tidings.application.doubles;

import dev.tidings.application.notification.ViewsBeside;
import dev.tidings.application.notification.ViewsBeside.Differences;
import dev.tidings.application.notification.ViewsBeside.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A rebuild that does nothing, and each step of which waits until a test lets it go on. */
public final class InMemoryViewsBeside implements ViewsBeside {

    public final Semaphore steps = new Semaphore(0);
    public volatile Differences differences = new Differences(0, 0, 0, List.of());
    public volatile @Nullable RuntimeException failure;

    private final AtomicBoolean underWay = new AtomicBoolean();
    private final List<Progress> notes = new ArrayList<>();

    public synchronized List<Progress> notes() {
        return List.copyOf(notes);
    }

    /** As if the process had gone. */
    public void loseTheLock() {
        underWay.set(false);
    }

    @Override
    public Optional<Building> begin() {
        return underWay.compareAndSet(false, true) ? Optional.of(new Steps()) : Optional.empty();
    }

    @Override
    public synchronized void note(Progress progress) {
        notes.add(progress);
    }

    @Override
    public synchronized Optional<Progress> noted() {
        return notes.isEmpty() ? Optional.empty() : Optional.of(notes.getLast());
    }

    @Override
    public boolean isUnderWay() {
        return underWay.get();
    }

    private final class Steps implements Building {

        private long left = 2_000;

        private void step() {
            steps.acquireUninterruptibly();
            RuntimeException thrown = failure;
            if (thrown != null) {
                throw thrown;
            }
        }

        @Override
        public Step copy() {
            if (left == 0) {
                return new Step(0, 0);
            }
            step();
            left -= 1_000;
            return new Step(1_000, left);
        }

        @Override
        public void index() {
            step();
        }

        @Override
        public Differences compare() {
            step();
            return differences;
        }

        @Override
        public long takeTheirPlace() {
            step();
            return 7;
        }

        @Override
        public void close() {
            underWay.set(false);
        }
    }
}
