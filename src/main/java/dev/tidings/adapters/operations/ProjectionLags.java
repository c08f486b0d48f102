package dev.tidings.adapters.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;

/** Looks how far the streaming processors that run on this node are behind the log. */
final class ProjectionLags {

    private final EventProcessingConfiguration processing;
    private final EventStorageEngine log;

    ProjectionLags(EventProcessingConfiguration processing, EventStorageEngine log) {
        this.processing = processing;
        this.log = log;
    }

    List<ProjectionLag> at(Instant now) {
        List<ProjectionLag> lags = new ArrayList<>();
        for (Map.Entry<String, EventProcessor> processor :
                processing.eventProcessors().entrySet()) {
            if (processor.getValue() instanceof StreamingEventProcessor streaming) {
                lags.addAll(of(processor.getKey(), streaming, now));
            }
        }
        lags.sort(Comparator.comparing(ProjectionLag::processor));
        return lags;
    }

    /** Nothing if other nodes have all of its segments. */
    private List<ProjectionLag> of(String name, StreamingEventProcessor processor, Instant now) {
        List<EventTrackerStatus> segments =
                List.copyOf(processor.processingStatus().values());
        if (segments.isEmpty() && !processor.isError()) {
            return List.of();
        }
        Duration lag = segments.stream()
                .map(segment -> lag(segment, now))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        boolean failing = processor.isError() || segments.stream().anyMatch(EventTrackerStatus::isErrorState);
        return List.of(new ProjectionLag(name, lag, failing));
    }

    /** A position alone doesn't tell: the log has gaps, and an idle log is not behind. */
    private Duration lag(EventTrackerStatus segment, Instant now) {
        try (Stream<? extends TrackedEventMessage<?>> unhandled = log.readEvents(segment.getTrackingToken(), false)) {
            return unhandled
                    .findFirst()
                    .map(event -> Duration.between(event.getTimestamp(), now))
                    .filter(Duration::isPositive)
                    .orElse(Duration.ZERO);
        }
    }
}
