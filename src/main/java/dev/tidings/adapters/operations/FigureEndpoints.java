package dev.tidings.adapters.operations;

import dev.tidings.adapters.operations.History.Lately;
import dev.tidings.application.commit.NodeName;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Says how it goes: figures for people, figures for Prometheus, and what somebody should look at. */
@RestController
final class FigureEndpoints {

    private static final Duration LATELY = Duration.ofMinutes(1);

    private final NodeName node;
    private final InstantSource clock;
    private final History history;
    private final Sampler sampler;
    private final Runtimes runtimes;
    private final Alerts alerts;
    private final PrometheusMeterRegistry registry;

    FigureEndpoints(
            NodeName node,
            InstantSource clock,
            History history,
            Sampler sampler,
            Runtimes runtimes,
            Alerts alerts,
            PrometheusMeterRegistry registry) {
        this.node = node;
        this.clock = clock;
        this.history = history;
        this.sampler = sampler;
        this.runtimes = runtimes;
        this.alerts = alerts;
        this.registry = registry;
    }

    record Firing(String status, String node, Instant at, List<Alert> alerts) {}

    @GetMapping("/broker/metrics")
    ResponseEntity<Digest> metrics() {
        Lately lately = history.over(LATELY);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(Digest.of(node.value(), clock.instant(), Totals.of(registry), lately, sampler.get(), runtimes));
    }

    @GetMapping("/broker/alerts")
    ResponseEntity<Firing> alerts() {
        List<Alert> firing = alerts.firing();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new Firing(firing.isEmpty() ? "quiet" : "firing", node.value(), clock.instant(), firing));
    }

    @GetMapping("/broker/prometheus")
    ResponseEntity<byte[]> prometheus(
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
        Exposition format = Exposition.preferredBy(accept);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .contentType(format.mediaType())
                .body(format.of(registry));
    }
}
