package dev.tidings.adapters.eventstore;

import java.util.Optional;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/** Remembers what was read last: followers that go side by side read each stretch of the log once. */
final class SharedReading implements LogReader {

    private final LogReader log;
    private @Nullable Read last;

    private record Read(@Nullable TrackingToken position, Stretch stretch) {

        private boolean isAfter(@Nullable TrackingToken other) {
            if (position instanceof GapAwareTrackingToken ours && other instanceof GapAwareTrackingToken theirs) {
                return ours.getIndex() == theirs.getIndex() && ours.getGaps().equals(theirs.getGaps());
            }
            return position == null && other == null;
        }
    }

    SharedReading(LogReader log) {
        this.log = log;
    }

    @Override
    public synchronized Optional<Stretch> after(@Nullable TrackingToken position) {
        if (last != null && last.isAfter(position)) {
            return Optional.of(last.stretch);
        }
        Optional<Stretch> next = log.after(position);
        next.ifPresent(stretch -> last = new Read(position, stretch));
        return next;
    }
}
