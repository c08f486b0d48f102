package dev.tidings.application.delivery;

import dev.tidings.application.commit.Periodically;
import dev.tidings.application.delivery.DeliveryQueue.Interrupted;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for claims whose holder is gone, and puts on record that nobody knows what came of them. */
public final class RecoverInterruptedAttempts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RecoverInterruptedAttempts.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final int AT_A_TIME = 200;

    private final DeliveryQueue queue;
    private final RecordAttempts attempts;
    private final InstantSource clock;
    private final Runnable wake;
    private volatile @Nullable Periodically chore;

    public RecoverInterruptedAttempts(
            DeliveryQueue queue, RecordAttempts attempts, InstantSource clock, Runnable wake) {
        this.queue = queue;
        this.attempts = attempts;
        this.clock = clock;
        this.wake = wake;
    }

    public void start() {
        chore = Periodically.start("recover-interrupted", PERIOD, this::recoverAll);
    }

    private void recoverAll() {
        while (recover() == AT_A_TIME) {
            LOG.info("More interrupted attempts remain");
        }
    }

    /** Yields how many were found; those that could not be recorded are found again next time. */
    int recover() {
        List<Interrupted> interrupted = queue.interrupted(clock.instant(), AT_A_TIME);
        if (interrupted.isEmpty()) {
            return 0;
        }
        LOG.warn("{} attempts were interrupted; their outcome is unknown", interrupted.size());
        List<CompletableFuture<?>> recorded = interrupted.stream()
                .<CompletableFuture<?>>map(
                        attempt -> attempts.record(AttemptReport.interrupted(attempt, clock.instant())))
                .toList();
        int failed = 0;
        for (CompletableFuture<?> each : recorded) {
            try {
                each.join();
            } catch (CompletionException e) {
                failed++;
                LOG.error("Could not record an interrupted attempt", e);
            }
        }
        wake.run();
        return failed == 0 ? interrupted.size() : 0;
    }

    @Override
    public void close() {
        Periodically current = chore;
        if (current != null) {
            current.close();
        }
    }
}
