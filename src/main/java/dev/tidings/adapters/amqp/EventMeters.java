package dev.tidings.adapters.amqp;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/** Counts what came in. All counters are there from the start: one that appears with a 1 can't be seen to rise. */
final class EventMeters {

    private final Map<EventType, Counter> consumed = new EnumMap<>(EventType.class);
    private final Map<Poison.Reason, Counter> parked = new EnumMap<>(Poison.Reason.class);

    EventMeters(MeterRegistry registry) {
        for (EventType type : EventType.values()) {
            consumed.put(
                    type,
                    Counter.builder("tidings.consumed")
                            .description("Events of other services that were taken in")
                            .tag("type", type.wireName())
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

    void consumed(EventType type) {
        count(consumed, type);
    }

    void parked(Poison.Reason reason) {
        count(parked, reason);
    }

    private static <K> void count(Map<K, Counter> counters, K key) {
        java.util.Objects.requireNonNull(counters.get(key)).increment();
    }
}
