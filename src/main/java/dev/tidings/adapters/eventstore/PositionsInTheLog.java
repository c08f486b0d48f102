package dev.tidings.adapters.eventstore;

import dev.tidings.application.commit.ProcessorLags;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the event after each processor's position. Of a processor at work Axon knows the position; it is stored
 * seconds later when there was nothing to handle. Of one that failed and waits to try again only the stored one is left.
 */
final class PositionsInTheLog implements ProcessorLags {

    private final EventProcessingConfiguration processing;
    private final EventStorageEngine log;
    private final Supplier<List<Position>> unclaimed;

    /** {@code token}: absent before the first event. */
    record Position(String processor, @Nullable TrackingToken token) {}

    PositionsInTheLog(
            EventProcessingConfiguration processing, EventStorageEngine log, Supplier<List<Position>> unclaimed) {
        this.processing = processing;
        this.log = log;
        this.unclaimed = unclaimed;
    }

    @Override
    public Map<String, Duration> at(Instant now) {
        Map<String, Duration> lags = new HashMap<>();
        Stream.concat(atWork(), unclaimed.get().stream())
                .forEach(position -> lags.merge(
                        position.processor,
                        lag(position.token, now),
                        (one, other) -> one.compareTo(other) > 0 ? one : other));
        return lags;
    }

    private Stream<Position> atWork() {
        return processing.eventProcessors().values().stream()
                .filter(StreamingEventProcessor.class::isInstance)
                .map(StreamingEventProcessor.class::cast)
                .flatMap(processor -> processor.processingStatus().values().stream()
                        .map(EventTrackerStatus::getTrackingToken)
                        .map(token -> new Position(processor.getName(), token)));
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
