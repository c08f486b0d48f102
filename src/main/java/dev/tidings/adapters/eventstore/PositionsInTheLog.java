package dev.tidings.adapters.eventstore;

import dev.tidings.application.commit.ProcessorLags;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;

/** Looks for the event after each processor's position, which is stored with each batch. */
final class PositionsInTheLog implements ProcessorLags {

    private final EventStorageEngine log;
    private final Supplier<List<Position>> stored;

    /** @param token absent before the first event */
    record Position(String processor, @Nullable TrackingToken token) {}

    /** @param stored the positions of processors that this node has claimed, or none has */
    PositionsInTheLog(EventStorageEngine log, Supplier<List<Position>> stored) {
        this.log = log;
        this.stored = stored;
    }

    @Override
    public Map<String, Duration> at(Instant now) {
        Map<String, Duration> lags = new HashMap<>();
        stored.get().forEach(position -> lags.put(position.processor, lag(position.token, now)));
        return lags;
    }

    private Duration lag(@Nullable TrackingToken position, Instant now) {
        try (Stream<? extends TrackedEventMessage<?>> unhandled = log.readEvents(position, false)) {
            return unhandled
                    .findFirst()
                    .map(event -> Duration.between(event.getTimestamp(), now))
                    .filter(Duration::isPositive)
                    .orElse(Duration.ZERO);
        }
    }
}
