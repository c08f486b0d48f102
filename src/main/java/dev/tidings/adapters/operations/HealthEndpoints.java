package dev.tidings.adapters.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Says how the service is; 503 only when what was asked about can't do its job. */
@RestController
final class HealthEndpoints {

    private final Health health;
    private final ApplicationAvailability availability;

    HealthEndpoints(Health health, ApplicationAvailability availability) {
        this.health = health;
        this.availability = availability;
    }

    record Pong(String status, String node) {}

    record InShort(String status) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Readiness(String status, @Nullable String detail) {}

    record Some(Status status, Map<String, PartHealth> parts) {}

    @GetMapping("/broker/ping")
    Mono<ResponseEntity<Pong>> ping() {
        return Mono.just(answer(true, new Pong("ok", health.node())));
    }

    @GetMapping("/broker/health")
    Mono<ResponseEntity<HealthReport>> all() {
        return Mono.fromFuture(health.report()).map(report -> answer(report.status() != Status.DOWN, report));
    }

    @GetMapping("/health")
    Mono<ResponseEntity<InShort>> inShort() {
        return Mono.fromFuture(health.report())
                .map(report -> answer(
                        report.status() != Status.DOWN,
                        new InShort(report.status().word())));
    }

    @GetMapping("/health/db")
    Mono<ResponseEntity<Some>> databases() {
        return some(Parts.PRIMARY, Parts.STANDBY);
    }

    @GetMapping("/health/broker")
    Mono<ResponseEntity<Some>> broker() {
        return some(Parts.BROKER);
    }

    /** Is down with the first of the parts, and degraded with any other. */
    private Mono<ResponseEntity<Some>> some(String first, String... others) {
        return Mono.fromFuture(health.report()).map(report -> {
            Map<String, PartHealth> parts = new LinkedHashMap<>();
            parts.put(first, report.part(first));
            for (String other : others) {
                parts.put(other, report.part(other));
            }
            boolean allUp = parts.values().stream().allMatch(part -> part.status() == Status.UP);
            Status status = report.isDown(first) ? Status.DOWN : allUp ? Status.UP : Status.DEGRADED;
            return answer(status != Status.DOWN, new Some(status, parts));
        });
    }

    /** Whether requests may be sent here. */
    @GetMapping("/broker/health/readiness")
    Mono<ResponseEntity<Readiness>> readiness() {
        if (availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
            return Mono.just(answer(false, new Readiness("down", "starting or shutting down")));
        }
        return Mono.fromFuture(health.part(Parts.PRIMARY))
                .map(primary -> primary.status() == Status.DOWN
                        ? answer(false, new Readiness("down", "the primary: " + primary.detail()))
                        : answer(true, new Readiness("up", null)));
    }

    /** Whether this process should be left running. No other part is asked: a restart would not mend it. */
    @GetMapping("/broker/health/liveness")
    Mono<ResponseEntity<InShort>> liveness() {
        boolean alive = availability.getLivenessState() == LivenessState.CORRECT;
        return Mono.just(answer(alive, new InShort(alive ? "up" : "down")));
    }

    private static <T> ResponseEntity<T> answer(boolean good, T body) {
        return ResponseEntity.status(good ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .cacheControl(CacheControl.noStore())
                .body(body);
    }
}
