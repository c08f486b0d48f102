package dev.tidings.adapters.operations;

import dev.tidings.application.commit.NodeName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks all parts at the same time how they are, each at most once a second however many want to know. */
final class Health {

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration GOOD_FOR = Duration.ofSeconds(1);

    private final NodeName node;
    private final InstantSource clock;
    private final Map<String, Probe<PartHealth>> probes = new LinkedHashMap<>();

    Health(NodeName node, InstantSource clock, Map<String, Supplier<Answer>> parts) {
        this.node = node;
        this.clock = clock;
        parts.forEach(
                (name, question) -> probes.put(name, new Probe<>(name, PATIENCE, GOOD_FOR, () -> timed(question))));
    }

    private static PartHealth timed(Supplier<Answer> question) {
        long start = System.nanoTime();
        Answer answer = question.get();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new PartHealth(answer.status(), PersonalData.masked(answer.detail()), took.toMillis());
    }

    CompletableFuture<HealthReport> report() {
        Map<String, CompletableFuture<PartHealth>> asked = new LinkedHashMap<>();
        probes.keySet().forEach(name -> asked.put(name, part(name)));
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> {
                    Map<String, PartHealth> parts = new LinkedHashMap<>();
                    asked.forEach((name, part) -> parts.put(name, part.join()));
                    return HealthReport.of(node.value(), clock.instant(), parts);
                });
    }

    String node() {
        return node.value();
    }

    CompletableFuture<PartHealth> part(String name) {
        Probe<PartHealth> probe = probes.get(name);
        return probe == null
                ? CompletableFuture.completedFuture(PartHealth.NONE)
                : probe.ask().exceptionally(thrown -> noAnswer(name, thrown));
    }

    private static PartHealth noAnswer(String name, Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException wrapper && wrapper.getCause() != null
                ? wrapper.getCause()
                : thrown;
        if (cause instanceof TimeoutException) {
            return new PartHealth(Status.DOWN, "no answer within " + PATIENCE.toSeconds() + " s", PATIENCE.toMillis());
        }
        LOG.warn("Could not ask how {} is", name, cause);
        return new PartHealth(Status.DOWN, "asking failed: " + cause.getClass().getSimpleName(), 0);
    }
}
