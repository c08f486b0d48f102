package dev.tidings.adapters.eventstore;

import dev.tidings.application.commit.LogProcessor.Logged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/** A log of texts, of which so many are read at a time. */
final class ScriptedLog implements LogReader {

    private final ConcurrentSkipListMap<Long, String> events = new ConcurrentSkipListMap<>();
    private final AtomicInteger readings = new AtomicInteger();
    private final int most;
    private volatile long reached;

    ScriptedLog(int most) {
        this.most = most;
    }

    void add(String... texts) {
        for (String text : texts) {
            at(events.isEmpty() ? 1 : events.lastKey() + 1, text);
        }
    }

    void at(long index, String text) {
        events.put(index, text);
    }

    /** Whether all there is has been read. */
    boolean isRead() {
        return reached >= events.lastKey();
    }

    int readings() {
        return readings.get();
    }

    @Override
    public Optional<Stretch> after(@Nullable TrackingToken position) {
        readings.incrementAndGet();
        GapAwareTrackingToken end =
                position == null ? GapAwareTrackingToken.newInstance(0, List.of()) : (GapAwareTrackingToken) position;
        List<Long> unread = new ArrayList<>(end.getGaps());
        unread.retainAll(events.keySet());
        events.tailMap(end.getIndex(), false).keySet().stream().limit(most).forEach(unread::add);
        List<Logged> read = new ArrayList<>();
        for (long index : unread) {
            end = end.advanceTo(index, 1_000);
            read.add(new Logged("event-" + index, Objects.requireNonNull(events.get(index)), 0, Map.of()));
        }
        reached = Math.max(reached, end.getIndex());
        return read.isEmpty() ? Optional.empty() : Optional.of(new Stretch(read, end, read.size() >= most));
    }
}
