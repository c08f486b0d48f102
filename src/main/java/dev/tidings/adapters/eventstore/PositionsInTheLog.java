package dev.tidings.adapters.eventstore;

import dev.tidings.application.commit.ProcessorLags;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * seconds later when there was nothing to handle. Axon may also remember one that another node has taken over.
 */
final class PositionsInTheLog implements ProcessorLags {

    private final EventProcessingConfiguration processing;
    private final EventStorageEngine log;
    private final Supplier<List<Position>> stored;

    /**
     * @param token absent before the first event
     * @param ours whether this node has claimed it
     */
    record Position(String processor, @Nullable TrackingToken token, boolean ours) {}

    /** @param stored the positions of processors that this node has claimed, or none has */
    PositionsInTheLog(
            EventProcessingConfiguration processing, EventStorageEngine log, Supplier<List<Position>> stored) {
        this.processing = processing;
        this.log = log;
        this.stored = stored;
    }

    @Override
    public Map<String, Duration> at(Instant now) {
        Map<String, TrackingToken> atWork = atWork();
        Map<String, Duration> lags = new HashMap<>();
        for (Position position : stored.get()) {
            TrackingToken token =
                    position.ours ? atWork.getOrDefault(position.processor, position.token) : position.token;
            lags.put(position.processor, lag(token, now));
        }
        return lags;
    }

    /** Each has one segment. */
    private Map<String, TrackingToken> atWork() {
        Map<String, TrackingToken> tokens = new HashMap<>();
        processing.eventProcessors().values().stream()
                .filter(StreamingEventProcessor.class::isInstance)
                .map(StreamingEventProcessor.class::cast)
                .forEach(processor -> processor.processingStatus().values().stream()
                        .map(EventTrackerStatus::getTrackingToken)
                        .filter(Objects::nonNull)
                        .forEach(token -> tokens.put(processor.getName(), token)));
        return tokens;
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
