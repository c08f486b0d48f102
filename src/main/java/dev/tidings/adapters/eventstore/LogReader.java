package dev.tidings.adapters.eventstore;

import dev.tidings.application.commit.LogProcessor.Logged;
import java.util.List;
import java.util.Optional;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/** Reads the log from a position on. */
interface LogReader {

    /** Empty if there is nothing after {@code position}, which is absent before the first event. */
    Optional<Stretch> after(@Nullable TrackingToken position);

    /**
     * @param end the position behind it
     * @param full whether there is likely to be more at once
     */
    record Stretch(List<Logged> events, TrackingToken end, boolean full) {}
}
