package dev.tidings.application.notification;

import dev.tidings.application.commit.NodeName;
import dev.tidings.application.notification.ViewsBeside.Building;
import dev.tidings.application.notification.ViewsBeside.Differences;
import dev.tidings.application.notification.ViewsBeside.Phase;
import dev.tidings.application.notification.ViewsBeside.Progress;
import dev.tidings.application.notification.ViewsBeside.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the views anew from the log while the old ones are read, says where the two differ, and puts the new ones in
 * their place.
 */
public final class RebuildViews implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RebuildViews.class);
    private static final Duration PAUSE_BETWEEN_NOTES = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ViewsBeside views;
    private final NodeName node;
    private final InstantSource clock;
    private volatile boolean closing;
    private @Nullable Thread running;

    public RebuildViews(ViewsBeside views, NodeName node, InstantSource clock) {
        this.views = views;
        this.node = node;
        this.clock = clock;
    }

    /** Starts it, unless it runs already, here or elsewhere; yields how far it is. */
    public synchronized Progress start() {
        Optional<Building> begun = views.begin();
        if (begun.isPresent()) {
            return start(begun.get());
        }
        Progress other = progress().orElseGet(() -> nothingYet(clock.instant()));
        return other.phase().isEnd() && hasEnded(running)
                ? views.begin().map(this::start).orElse(other)
                : other;
    }

    private Progress start(Building building) {
        Progress first = nothingYet(clock.instant());
        try {
            views.note(first);
        } catch (RuntimeException e) {
            building.close();
            throw e;
        }
        running = Thread.ofVirtual().name("rebuild-views").start(() -> new Run(first, building).run());
        return first;
    }

    private Progress nothingYet(Instant now) {
        return new Progress(node.value(), Phase.COPYING, 0, 0, 0, now, now, null, null);
    }

    /** Of the one that runs, or else of the last one, on whichever node; empty if there never was any. */
    public Optional<Progress> progress() {
        boolean underWay = views.isUnderWay();
        return views.noted()
                .map(noted -> underWay || noted.phase().isEnd()
                        ? noted
                        : new Progress(
                                noted.node(),
                                Phase.INTERRUPTED,
                                noted.read(),
                                noted.left(),
                                noted.perSecond(),
                                noted.startedAt(),
                                noted.seenAt(),
                                noted.differences(),
                                null));
    }

    @Override
    public synchronized void close() {
        closing = true;
        if (!hasEnded(running)) {
            LOG.warn("A rebuild of the views is left in the middle; the old ones stay");
        }
    }

    private static boolean hasEnded(@Nullable Thread thread) {
        try {
            return thread == null || thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private final class Run {

        private final Building building;
        private Progress progress;

        Run(Progress first, Building building) {
            this.progress = first;
            this.building = building;
        }

        void run() {
            try (building) {
                copy();
                phase(Phase.INDEXING);
                building.index();
                phase(Phase.COMPARING);
                copyTheRest();
                Differences differences = building.compare();
                progress = with(Phase.SWITCHING, differences, null);
                note();
                copyTheRest();
                count(building.takeTheirPlace(), 0);
                end(with(Phase.DONE, differences, null));
            } catch (RuntimeException e) {
                LOG.error("The views could not be rebuilt; the old ones stay", e);
                end(with(Phase.FAILED, progress.differences(), String.valueOf(e.getMessage())));
            }
        }

        private void copy() {
            Step step;
            do {
                step = next();
                Instant now = clock.instant();
                long millis =
                        Math.max(1, Duration.between(progress.startedAt(), now).toMillis());
                long perSecond = progress.read() * 1_000 / millis;
                boolean due = !now.isBefore(progress.seenAt().plus(PAUSE_BETWEEN_NOTES));
                if (due || step.left() == 0) {
                    progress = new Progress(
                            progress.node(),
                            progress.phase(),
                            progress.read(),
                            progress.left(),
                            perSecond,
                            progress.startedAt(),
                            now,
                            null,
                            null);
                    note();
                }
            } while (step.left() > 0);
        }

        private void copyTheRest() {
            Step step;
            do {
                step = next();
            } while (step.left() > 0);
        }

        private Step next() {
            if (closing) {
                throw new IllegalStateException("Tidings is shutting down");
            }
            Step step = building.copy();
            count(step.read(), step.left());
            return step;
        }

        private void count(long read, long left) {
            progress = new Progress(
                    progress.node(),
                    progress.phase(),
                    progress.read() + read,
                    left,
                    progress.perSecond(),
                    progress.startedAt(),
                    progress.seenAt(),
                    progress.differences(),
                    progress.problem());
        }

        private void phase(Phase phase) {
            progress = with(phase, progress.differences(), null);
            note();
        }

        private Progress with(Phase phase, @Nullable Differences differences, @Nullable String problem) {
            return new Progress(
                    progress.node(),
                    phase,
                    progress.read(),
                    progress.left(),
                    progress.perSecond(),
                    progress.startedAt(),
                    clock.instant(),
                    differences,
                    problem);
        }

        private void end(Progress last) {
            progress = last;
            note();
            LOG.info(
                    "Rebuilding the views ended: {}; {} events read, {} a second; differences: {}",
                    last.phase(),
                    last.read(),
                    last.perSecond(),
                    last.differences() == null
                            ? "not compared"
                            : last.differences().all());
        }

        /** It is for people only: a rebuild doesn't fail for it. */
        private void note() {
            try {
                views.note(progress);
            } catch (RuntimeException e) {
                LOG.warn("Could not note how far the rebuild of the views is: {}", e.getMessage());
            }
        }
    }
}
