package dev.tidings.application.intervention;

import dev.tidings.application.commit.Outages;
import dev.tidings.application.commit.Thrown;
import dev.tidings.application.intervention.RedriveProgress.State;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationRefused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One after the other, no faster than it may. An outage is waited for. */
final class RedriveRun {

    private static final Logger LOG = LoggerFactory.getLogger(RedriveRun.class);
    private static final Duration WHILE_DOWN = Duration.ofSeconds(2);

    private final UUID id;
    private final List<NotificationId> ids;
    private final long intervalNanos;
    private final Intervene intervene;
    private final Outages outages;
    private final InstantSource clock;
    private final Instant startedAt;
    private final Semaphore closing = new Semaphore(0);
    private final Map<NotificationRefused.Reason, Integer> refused = new EnumMap<>(NotificationRefused.Reason.class);
    private int redriven;
    private int faulty;
    private State state = State.RUNNING;
    private @Nullable Instant endedAt;

    RedriveRun(
            UUID id,
            List<NotificationId> ids,
            int perSecond,
            Intervene intervene,
            Outages outages,
            InstantSource clock) {
        this.id = id;
        this.ids = ids;
        this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.intervene = intervene;
        this.outages = outages;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    void start() {
        Thread.ofVirtual().name("redrive").start(() -> end(run()));
    }

    synchronized boolean isUnderWay() {
        return state == State.RUNNING;
    }

    synchronized RedriveProgress progress() {
        return new RedriveProgress(id, state, ids.size(), redriven, Map.copyOf(refused), faulty, startedAt, endedAt);
    }

    void close() {
        closing.release();
    }

    private State run() {
        long next = System.nanoTime();
        for (NotificationId each : ids) {
            if (stoppedWithin(next - System.nanoTime()) || !redriven(each)) {
                return State.STOPPED;
            }
            next = Math.max(next + intervalNanos, System.nanoTime());
        }
        return State.DONE;
    }

    /** Yields false when it is to stop before that could be done. */
    private boolean redriven(NotificationId each) {
        while (true) {
            try {
                intervene.redrive(each);
                count(null);
                return true;
            } catch (NotificationRefused e) {
                count(e.reason());
                return true;
            } catch (RuntimeException e) {
                if (!outages.isOutage(Thrown.cause(e))) {
                    LOG.error("Could not redrive {}", each, e);
                    countFaulty();
                    return true;
                }
                if (stoppedWithin(WHILE_DOWN.toNanos())) {
                    return false;
                }
            }
        }
    }

    private boolean stoppedWithin(long nanos) {
        try {
            return closing.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private synchronized void count(NotificationRefused.@Nullable Reason reason) {
        if (reason == null) {
            redriven++;
        } else {
            refused.merge(reason, 1, Integer::sum);
        }
    }

    private synchronized void countFaulty() {
        faulty++;
    }

    private synchronized void end(State last) {
        state = last;
        endedAt = clock.instant();
    }
}
