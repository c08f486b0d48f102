package dev.tidings.application.parking;

import dev.tidings.application.parking.ParkedMessages.Verdict;
import dev.tidings.application.parking.ParkedMessages.Visit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A person looks at what could not be processed, tries some of it again, and throws away what is of no use. */
public final class ReviewParked {

    public static final int MOST_LOOKED_AT = 10_000;

    private static final Verdict KEEP = new Verdict.Keep();
    private static final Verdict STOP = new Verdict.Stop();
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final ParkedMessages messages;
    private final InstantSource clock;
    private final Pauses pauses;

    /** Waits. */
    @FunctionalInterface
    public interface Pauses {

        void pause(Duration duration) throws InterruptedException;
    }

    /**
     * @param items the oldest first
     * @param matched how many there are
     * @param lookedAt among so many
     * @param all whether these are all that are parked
     */
    public record Listing(
            List<ParkedMessage> items, int matched, Map<String, Integer> byReason, int lookedAt, boolean all) {}

    @SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
    public record Found(ParkedMessage message, byte[] body) {}

    /**
     * @param limit how many at most, the oldest first
     * @param perSecond how fast
     * @param dryRun whether it is only counted what would be tried
     * @param by who wants it
     */
    public record Redrive(ParkedFilter filter, int limit, int perSecond, boolean dryRun, String by) {

        public Redrive {
            if (limit < 1 || perSecond < 1) {
                throw new IllegalArgumentException("limit and pace must be at least 1");
            }
        }
    }

    /**
     * @param matched how many of those looked at were meant, at most the limit
     * @param withoutOrigin how many more were meant, but don't say where they came from
     * @param redriven none in a dry run
     * @param problem why it ended early
     */
    public record Redriven(
            int matched,
            Map<String, Integer> byReason,
            int withoutOrigin,
            int redriven,
            int lookedAt,
            boolean all,
            @Nullable String problem) {}

    public ReviewParked(ParkedMessages messages, InstantSource clock, Pauses pauses) {
        this.messages = messages;
        this.clock = clock;
        this.pauses = pauses;
    }

    public Listing list(ParkedFilter filter, int limit) {
        List<ParkedMessage> items = new ArrayList<>();
        Map<String, Integer> byReason = new TreeMap<>();
        Visit visit = messages.visit(MOST_LOOKED_AT, (message, _) -> {
            if (filter.matches(message)) {
                byReason.merge(message.reasonCode(), 1, Integer::sum);
                if (items.size() < limit) {
                    items.add(message);
                }
            }
            return KEEP;
        });
        return new Listing(items, sum(byReason), byReason, visit.seen(), visit.all());
    }

    public Optional<Found> find(String id) {
        List<Found> found = new ArrayList<>();
        messages.visit(MOST_LOOKED_AT, (message, body) -> {
            if (!message.id().equals(id)) {
                return KEEP;
            }
            found.add(new Found(message, body));
            return STOP;
        });
        return found.stream().findFirst();
    }

    /** Yields false if there is none of this id. */
    public boolean delete(String id) {
        List<ParkedMessage> found = new ArrayList<>();
        return messages.visit(MOST_LOOKED_AT, (message, _) -> {
                            if (!found.isEmpty()) {
                                return STOP;
                            }
                            if (!message.id().equals(id)) {
                                return KEEP;
                            }
                            found.add(message);
                            return new Verdict.Delete();
                        })
                        .deleted()
                > 0;
    }

    public Redriven redrive(Redrive order) {
        Progress progress = new Progress(order, clock.instant());
        Visit visit = messages.visit(MOST_LOOKED_AT, (message, _) -> progress.see(message));
        return new Redriven(
                progress.matched,
                progress.byReason,
                progress.withoutOrigin,
                visit.redriven(),
                visit.seen(),
                visit.all(),
                visit.problem());
    }

    private final class Progress {

        private final Redrive order;
        private final Instant start;
        private final Map<String, Integer> byReason = new TreeMap<>();
        private int matched;
        private int withoutOrigin;

        Progress(Redrive order, Instant start) {
            this.order = order;
            this.start = start;
        }

        Verdict see(ParkedMessage message) {
            if (matched == order.limit) {
                return STOP;
            }
            if (!order.filter.matches(message)) {
                return KEEP;
            }
            if (!message.hasOrigin()) {
                withoutOrigin++;
                return KEEP;
            }
            if (!order.dryRun && !inTime()) {
                return STOP;
            }
            matched++;
            byReason.merge(message.reasonCode(), 1, Integer::sum);
            return order.dryRun ? KEEP : new Verdict.Redrive(order.by);
        }

        /** The first goes at once. */
        private boolean inTime() {
            Instant due = start.plusNanos(matched * NANOS_PER_SECOND / order.perSecond);
            Duration early = Duration.between(clock.instant(), due);
            try {
                if (early.isPositive()) {
                    pauses.pause(early);
                }
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
