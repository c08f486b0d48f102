package dev.tidings.adapters.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Gauges of what was seen last. What could not be seen is not a number, rather than what it was before. */
final class SampleGauges {

    private final Supplier<Sample> sample;
    private final MultiGauge projectionLags;
    private final MultiGauge parts;

    SampleGauges(MeterRegistry registry, Supplier<Sample> sample) {
        this.sample = sample;
        for (LaneDepth lane : LaneDepth.allEmpty()) {
            queue(Meters.QUEUE_DEPTH, "Notifications that have not ended", lane, LaneDepth::waiting)
                    .register(registry);
            queue(
                            Meters.QUEUE_OLDEST,
                            "For how long the oldest notification has been due",
                            lane,
                            seen -> Spans.seconds(seen.oldest()))
                    .baseUnit("seconds")
                    .register(registry);
        }
        Gauge.builder(Meters.STANDBY_LAG, sample, latest -> standbyLag(latest.get()))
                .description("How far the standby is behind the primary")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder(Meters.LEDGER_IMBALANCE, sample, latest -> latest.get().imbalance())
                .description("By how many notifications the ledger of the last hours doesn't balance")
                .register(registry);
        projectionLags = MultiGauge.builder(Meters.PROJECTION_LAG)
                .description("Age of the oldest event that a processor has not handled")
                .baseUnit("seconds")
                .register(registry);
        parts = MultiGauge.builder(Meters.PART_UP)
                .description("1 if a part works, 0 if it is down")
                .register(registry);
    }

    private Gauge.Builder<Supplier<Sample>> queue(
            String name, String description, LaneDepth lane, ToDoubleFunction<LaneDepth> value) {
        return Gauge.builder(name, sample, latest -> value(latest.get(), lane, value))
                .description(description)
                .tag("channel", lane.channel())
                .tag("lane", lane.lane());
    }

    private static double value(Sample sample, LaneDepth lane, ToDoubleFunction<LaneDepth> value) {
        return sample.knownQueue().stream()
                .filter(lane::isOfSameLane)
                .mapToDouble(value)
                .findAny()
                .orElse(Double.NaN);
    }

    private static double standbyLag(Sample sample) {
        return sample.standbyLag() == null ? Double.NaN : Spans.seconds(sample.standbyLag());
    }

    void update(Sample seen, HealthReport report) {
        projectionLags.register(
                seen.knownProjections().stream()
                        .map(it -> Row.of(Tags.of("processor", it.processor()), Spans.seconds(it.lag())))
                        .toList(),
                true);
        parts.register(
                report.parts().entrySet().stream()
                        .map(it -> Row.of(
                                Tags.of("part", it.getKey()), it.getValue().status() == Status.DOWN ? 0 : 1))
                        .toList(),
                true);
    }
}
