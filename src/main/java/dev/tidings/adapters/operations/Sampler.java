package dev.tidings.adapters.operations;

import dev.tidings.application.commit.DatabaseHealth;
import dev.tidings.application.commit.DatabaseHealth.Standby;
import dev.tidings.application.delivery.DeliveryQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees how much waits and what is behind, and remembers what it saw last. */
final class Sampler implements Supplier<Sample> {

    private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final InstantSource clock;
    private final Probe<List<LaneDepth>> queue;
    private final Probe<List<ProjectionLag>> projections;
    private final Probe<Optional<Duration>> standbyLag;
    private volatile Sample latest;

    Sampler(
            InstantSource clock,
            Optional<DeliveryQueue> queue,
            Optional<ProjectionLags> projections,
            Optional<DatabaseHealth> databases) {
        this.clock = clock;
        this.queue = probe("queue", () -> queue.map(this::lines).orElse(List.of()));
        this.projections = probe(
                "projections",
                () -> projections.map(it -> it.at(clock.instant())).orElse(List.of()));
        this.standbyLag = probe("standby-lag", () -> databases.flatMap(Sampler::standbyLag));
        this.latest = Sample.nothingYet(clock.instant());
    }

    private static <T> Probe<T> probe(String name, Callable<T> question) {
        return new Probe<>(name, PATIENCE, Duration.ZERO, question);
    }

    private List<LaneDepth> lines(DeliveryQueue queue) {
        Instant now = clock.instant();
        return queue.depths(now).stream().map(depth -> LaneDepth.of(depth, now)).toList();
    }

    private static Optional<Duration> standbyLag(DatabaseHealth databases) {
        return databases.standby() instanceof Standby.Following following
                ? Optional.ofNullable(following.lag())
                : Optional.empty();
    }

    Sample take() {
        List<ProjectionLag> lags = answer(projections);
        Optional<Duration> lag = answer(standbyLag);
        Sample sample = new Sample(
                clock.instant(), answer(queue), lags == null ? List.of() : lags, lag == null ? null : lag.orElse(null));
        latest = sample;
        return sample;
    }

    private static <T> @Nullable T answer(Probe<T> probe) {
        try {
            return probe.ask().join();
        } catch (CompletionException e) {
            LOG.debug("Not seen this time", e);
            return null;
        }
    }

    @Override
    public Sample get() {
        return latest;
    }
}
