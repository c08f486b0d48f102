package dev.tidings.adapters.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tidings.adapters.operations.History.Lately;
import dev.tidings.adapters.operations.Totals.ChannelLane;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The figures that tell how it goes, for people and scripts; all of them, for machines, are at /broker/prometheus. Totals
 * are of this node since its start; rates and latencies are of the last {@code over_seconds}.
 */
@JsonNaming(SnakeCaseStrategy.class)
record Digest(
        String node,
        Instant at,
        double overSeconds,
        Counted accepted,
        Map<String, Counted> outcomes,
        Map<String, Map<String, Counted>> providers,
        @Nullable List<Waiting> queue,
        List<Latency> latency,
        Map<String, Counted> parked,
        List<Behind> projections,
        @Nullable Double standbyLagSeconds,
        List<Pool> pools,
        Jvm jvm) {

    @JsonNaming(SnakeCaseStrategy.class)
    record Counted(long total, double perSecond) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Waiting(String channel, String lane, long waiting, double oldestSeconds) {}

    /** Request to the provider's acceptance, waiting included. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Latency(
            String channel,
            String lane,
            long count,
            @Nullable Double p50Ms,
            @Nullable Double p95Ms,
            @Nullable Double p99Ms) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Behind(String processor, double lagSeconds) {}

    /** Connections to a database. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Pool(String name, String kind, int active, int idle, int waiting, int max) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Jvm(
            double uptimeSeconds,
            long heapUsedBytes,
            long heapMaxBytes,
            long nonHeapUsedBytes,
            int platformThreads,
            int virtualThreadsMounted,
            long virtualThreadsQueued,
            double gcPauseSeconds,
            double cpuUsage) {}

    static Digest of(String node, Instant now, Totals totals, Lately lately, Sample sample, Runtimes runtimes) {
        return new Digest(
                node,
                now,
                rounded(Spans.seconds(lately.over())),
                counted(totals, lately, Totals::accepted),
                Arrays.stream(Outcome.values())
                        .collect(Collectors.toMap(
                                Meters::word,
                                outcome -> counted(totals, lately, counts -> counts.count(outcome)),
                                (first, _) -> first,
                                LinkedHashMap::new)),
                providers(totals, lately),
                queue(sample),
                lately.totals().latencies().entrySet().stream()
                        .map(entry -> latency(entry.getKey(), entry.getValue()))
                        .sorted(Comparator.comparing(Latency::channel).thenComparing(Latency::lane))
                        .toList(),
                parked(totals, lately),
                sample.knownProjections().stream()
                        .map(it -> new Behind(it.processor(), rounded(Spans.seconds(it.lag()))))
                        .toList(),
                sample.standbyLag() == null ? null : rounded(Spans.seconds(sample.standbyLag())),
                runtimes.pools(),
                runtimes.jvm());
    }

    private static Counted counted(Totals totals, Lately lately, ToDoubleFunction<Totals> count) {
        return new Counted(
                Math.round(count.applyAsDouble(totals)),
                rounded(lately.perSecond(count.applyAsDouble(lately.totals()))));
    }

    private static Map<String, Map<String, Counted>> providers(Totals totals, Lately lately) {
        Map<String, Map<String, Counted>> providers = new TreeMap<>();
        totals.outcomes()
                .keySet()
                .forEach(tally -> providers
                        .computeIfAbsent(tally.provider(), _ -> new TreeMap<>())
                        .put(
                                Meters.word(tally.outcome()),
                                counted(totals, lately, counts -> counts.count(tally.provider(), tally.outcome()))));
        return providers;
    }

    private static Map<String, Counted> parked(Totals totals, Lately lately) {
        Map<String, Counted> parked = new TreeMap<>();
        totals.parked()
                .keySet()
                .forEach(reason -> parked.put(
                        reason,
                        counted(totals, lately, counts -> counts.parked().getOrDefault(reason, 0.0))));
        return parked;
    }

    private static @Nullable List<Waiting> queue(Sample sample) {
        return sample.queue() == null
                ? null
                : sample.queue().stream()
                        .map(line -> new Waiting(
                                line.channel(), line.lane(), line.waiting(), rounded(Spans.seconds(line.oldest()))))
                        .toList();
    }

    private static Latency latency(ChannelLane line, Latencies latencies) {
        return new Latency(
                line.channel(),
                line.lane(),
                Math.round(latencies.count()),
                milliseconds(latencies.quantile(0.5)),
                milliseconds(latencies.quantile(0.95)),
                milliseconds(latencies.quantile(0.99)));
    }

    private static @Nullable Double milliseconds(Optional<Double> quantile) {
        return quantile.map(Digest::rounded).orElse(null);
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
