package dev.tidings.adapters.operations;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How many there were of each, since this process started or since an earlier moment. */
record Totals(
        double accepted,
        Map<Tally, Double> outcomes,
        Map<String, Double> parked,
        Map<ChannelLane, Latencies> latencies) {

    static final Totals NONE = new Totals(0, Map.of(), Map.of(), Map.of());

    record Tally(String provider, Outcome outcome) {}

    record ChannelLane(String channel, String lane) {}

    static Totals of(MeterRegistry registry) {
        Map<Tally, Double> outcomes = new HashMap<>();
        for (Counter counter : registry.find(Meters.OUTCOMES).counters()) {
            Outcome outcome = Outcome.of(tag(counter, "outcome"));
            outcomes.merge(new Tally(tag(counter, "provider"), outcome), counter.count(), Double::sum);
        }
        Map<String, Double> parked = new HashMap<>();
        for (Counter counter : registry.find(Meters.PARKED).counters()) {
            parked.merge(tag(counter, "reason"), counter.count(), Double::sum);
        }
        Map<ChannelLane, Latencies> latencies = new HashMap<>();
        for (Timer timer : registry.find(Meters.LATENCY).timers()) {
            latencies.put(
                    new ChannelLane(timerTag(timer, "channel"), timerTag(timer, "lane")),
                    Latencies.of(timer.takeSnapshot()));
        }
        double accepted = registry.find(Meters.ACCEPTED).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
        return new Totals(accepted, Map.copyOf(outcomes), Map.copyOf(parked), Map.copyOf(latencies));
    }

    private static String tag(Counter counter, String name) {
        return Objects.requireNonNullElse(counter.getId().getTag(name), "");
    }

    private static String timerTag(Timer timer, String name) {
        return Objects.requireNonNullElse(timer.getId().getTag(name), "");
    }

    Totals since(Totals before) {
        return new Totals(
                accepted - before.accepted,
                minus(outcomes, before.outcomes),
                minus(parked, before.parked),
                latenciesSince(before));
    }

    private static <K> Map<K, Double> minus(Map<K, Double> now, Map<K, Double> before) {
        Map<K, Double> difference = new HashMap<>();
        now.forEach((key, count) -> difference.put(key, count - before.getOrDefault(key, 0.0)));
        return difference;
    }

    private Map<ChannelLane, Latencies> latenciesSince(Totals before) {
        Map<ChannelLane, Latencies> difference = new HashMap<>();
        latencies.forEach((line, now) -> {
            Latencies then = before.latencies.get(line);
            difference.put(line, then == null ? now : now.since(then));
        });
        return difference;
    }

    double count(Outcome outcome) {
        return count(outcomes.keySet().stream()
                .filter(tally -> tally.outcome == outcome)
                .toList());
    }

    double count(String provider, Outcome outcome) {
        return count(List.of(new Tally(provider, outcome)));
    }

    private double count(List<Tally> tallies) {
        return tallies.stream()
                .mapToDouble(tally -> outcomes.getOrDefault(tally, 0.0))
                .sum();
    }

    List<String> providers() {
        return outcomes.keySet().stream()
                .map(Tally::provider)
                .distinct()
                .sorted()
                .toList();
    }
}
