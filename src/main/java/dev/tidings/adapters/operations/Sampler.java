package dev.tidings.adapters.operations;

import dev.tidings.application.commit.DatabaseHealth;
import dev.tidings.application.commit.DatabaseHealth.Standby;
import dev.tidings.application.commit.ProcessorLags;
import dev.tidings.application.commit.Thrown;
import dev.tidings.application.delivery.DeliveryQueue;
import dev.tidings.application.delivery.DeliveryQueue.Depth;
import dev.tidings.application.delivery.DeliveryQueue.Oldest;
import dev.tidings.application.ledger.Ledger;
import dev.tidings.application.ledger.Sheet;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees how much waits and what is behind, and remembers what it saw last. */
final class Sampler implements Supplier<Sample> {

    private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Duration LEDGER_PERIOD = Duration.ofMinutes(1);
    private static final Duration LONGEST_REST = Duration.ofSeconds(30);
    /** Counting takes this part of the time: the ledger at most, and what waits if the longest rest allows. */
    private static final int SHARE = 50;

    private final InstantSource clock;
    private final Probe<List<Depth>> depths;
    private final Probe<List<Oldest>> oldest;
    private final Probe<List<ProjectionLag>> projections;
    private final Probe<Optional<Duration>> standbyLag;
    private final Probe<Optional<List<Sheet>>> ledger;
    private volatile @Nullable List<Depth> latestDepths;
    private volatile Sample latest;

    Sampler(
            InstantSource clock,
            Optional<DeliveryQueue> queue,
            Optional<ProcessorLags> processors,
            Optional<DatabaseHealth> databases,
            Optional<Ledger> ledger) {
        this.clock = clock;
        this.depths = new Probe<>(
                "depths",
                PATIENCE,
                Sampler::untilWaitingIsCountedAgain,
                () -> queue.map(DeliveryQueue::depths).orElse(List.of()));
        this.oldest = probe("oldest", () -> queue.map(DeliveryQueue::oldest).orElse(List.of()));
        this.projections =
                probe("projections", () -> processors.map(this::projections).orElse(List.of()));
        this.standbyLag = probe("standby-lag", () -> databases.flatMap(Sampler::standbyLag));
        Optional<RecentLedger> recent = ledger.map(each -> new RecentLedger(each, clock));
        this.ledger =
                new Probe<>("ledger", PATIENCE, Sampler::untilCountedAgain, () -> recent.map(RecentLedger::count));
        this.latest = Sample.nothingYet(clock.instant());
    }

    private static <T> Probe<T> probe(String name, Callable<T> question) {
        return new Probe<>(name, PATIENCE, Duration.ZERO, question);
    }

    /** Absent if it can't be seen. While it is counted for long, what was counted last is good. */
    private @Nullable List<LaneDepth> lanes() {
        List<Depth> counted = counted(depths, latestDepths);
        latestDepths = counted;
        List<Oldest> seen = answer(oldest);
        return counted == null || seen == null ? null : LaneDepth.all(counted, seen, clock.instant());
    }

    private static Optional<Duration> standbyLag(DatabaseHealth databases) {
        return databases.standby() instanceof Standby.Following following
                ? Optional.ofNullable(following.lag())
                : Optional.empty();
    }

    private List<ProjectionLag> projections(ProcessorLags processors) {
        return new TreeMap<>(processors.at(clock.instant()))
                .entrySet().stream()
                        .map(lag -> new ProjectionLag(lag.getKey(), lag.getValue()))
                        .toList();
    }

    /** Counting may take longer than a look: then what was counted last is good until it is done. */
    private static <T> @Nullable T counted(Probe<T> probe, @Nullable T last) {
        try {
            return probe.ask().join();
        } catch (CompletionException e) {
            LOG.debug("Not counted this time", e);
            return Thrown.cause(e) instanceof TimeoutException ? last : null;
        }
    }

    /** Not for long: by what waits it is decided whether more is taken in, and a count that failed rests as well. */
    static Duration untilWaitingIsCountedAgain(Duration took) {
        Duration rest = took.multipliedBy(SHARE);
        return rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    }

    private static Duration untilCountedAgain(Duration took) {
        Duration rest = took.multipliedBy(SHARE);
        return rest.compareTo(LEDGER_PERIOD) > 0 ? rest : LEDGER_PERIOD;
    }

    Sample take() {
        Optional<Duration> lag = answer(standbyLag);
        Optional<List<Sheet>> sheets = counted(ledger, Optional.ofNullable(latest.ledger()));
        Sample sample = new Sample(
                clock.instant(),
                lanes(),
                answer(projections),
                lag == null ? null : lag.orElse(null),
                sheets == null ? null : sheets.orElse(null));
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
