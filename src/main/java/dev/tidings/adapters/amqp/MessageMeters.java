package dev.tidings.adapters.amqp;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Counts what came in. All counters are there from the start: one that appears with a 1 can't be seen to rise. */
final class MessageMeters {

    private final Map<String, Counter> consumed = new HashMap<>();
    private final Map<Poison.Reason, Counter> parked = new EnumMap<>(Poison.Reason.class);

    /** @param kinds all that may come */
    MessageMeters(MeterRegistry registry, Collection<String> kinds) {
        for (String kind : kinds) {
            consumed.put(
                    kind,
                    Counter.builder("tidings.consumed")
                            .description("Messages of other services that were taken in")
                            .tag("type", kind)
                            .register(registry));
        }
        for (Poison.Reason reason : Poison.Reason.values()) {
            parked.put(
                    reason,
                    Counter.builder("tidings.parked")
                            .description("Messages that can't be processed and were put aside")
                            .tag("reason", reason.code())
                            .register(registry));
        }
    }

    void consumed(String kind) {
        count(consumed, kind);
    }

    void parked(Poison.Reason reason) {
        count(parked, reason);
    }

    private static <K> void count(Map<K, Counter> counters, K key) {
        java.util.Objects.requireNonNull(counters.get(key)).increment();
    }
}
