package dev.tidings.adapters.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidings.adapters.operations.History.Lately;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final History history = new History(Duration.ofMinutes(15), START);

    @Test
    void what_was_counted_lately_is_the_difference() {
        history.add(START.plusSeconds(60), accepted(100));
        history.add(START.plusSeconds(120), accepted(160));

        Lately lately = history.over(Duration.ofMinutes(1));

        assertThat(lately.totals().accepted()).isEqualTo(60);
        assertThat(lately.perSecond(lately.totals().accepted())).isEqualTo(1);
    }

    @Test
    void a_young_process_counts_from_its_start() {
        history.add(START.plusSeconds(10), accepted(20));

        Lately lately = history.over(Duration.ofMinutes(15));

        assertThat(lately.over()).isEqualTo(Duration.ofSeconds(10));
        assertThat(lately.perSecond(lately.totals().accepted())).isEqualTo(2);
    }

    @Test
    void nothing_is_counted_before_the_first_look() {
        assertThat(history.over(Duration.ofMinutes(1)).perSecond(5)).isZero();
    }

    @Test
    void what_is_older_than_its_reach_is_forgotten_but_the_reach_stays_covered() {
        for (int minute = 1; minute <= 60; minute++) {
            history.add(START.plus(Duration.ofMinutes(minute)), accepted(minute));
        }

        Lately all = history.over(Duration.ofHours(2));

        assertThat(all.over()).isBetween(Duration.ofMinutes(15), Duration.ofMinutes(17));
        assertThat(history.over(Duration.ofMinutes(15)).totals().accepted()).isEqualTo(15);
    }

    @Test
    void quantiles_are_those_of_what_was_measured_lately() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Timer timer = Timer.builder(Meters.LATENCY)
                .tags("channel", "email", "lane", "instant")
                .serviceLevelObjectives(Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(100))
                .register(registry);
        record(timer, 1_000, Duration.ofSeconds(60));
        history.add(START.plusSeconds(60), Totals.of(registry));
        record(timer, 90, Duration.ofMillis(15));
        record(timer, 10, Duration.ofMillis(50));
        history.add(START.plusSeconds(120), Totals.of(registry));

        Latencies lately = latencies(history.over(Duration.ofMinutes(1)).totals());

        assertThat(lately.count()).isEqualTo(100);
        assertThat(lately.quantile(0.45).orElseThrow()).isCloseTo(15, within(0.5));
        assertThat(lately.quantile(0.9).orElseThrow()).isCloseTo(20, within(0.5));
        assertThat(lately.quantile(0.95).orElseThrow()).isCloseTo(60, within(0.5));
        Latencies ever = latencies(history.totals());
        assertThat(ever.quantile(0.99).orElseThrow()).isCloseTo(100, within(0.5));
    }

    @Test
    void nothing_measured_has_no_quantile() {
        assertThat(new Latencies(List.of(), 0).quantile(0.5)).isEmpty();
    }

    @Test
    void outcomes_are_summed_by_provider() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        for (String service : new String[] {"shop", "blog"}) {
            Counter.builder(Meters.OUTCOMES)
                    .tags("service", service, "channel", "email", "type", "welcome", "provider", "smtp")
                    .tag("outcome", "sent")
                    .register(registry)
                    .increment(2);
        }

        assertThat(Totals.of(registry).count("smtp", Outcome.SENT)).isEqualTo(4);
    }

    private static Latencies latencies(Totals totals) {
        return totals.latencies().entrySet().stream()
                .filter(entry -> entry.getKey().equals(new Totals.ChannelLane("email", "instant")))
                .findAny()
                .orElseThrow()
                .getValue();
    }

    private static void record(Timer timer, int times, Duration duration) {
        for (int i = 0; i < times; i++) {
            timer.record(duration);
        }
    }

    private static Totals accepted(double count) {
        return new Totals(count, Map.of(), Map.of(), Map.of());
    }
}
