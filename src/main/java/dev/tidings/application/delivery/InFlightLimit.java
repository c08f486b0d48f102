package dev.tidings.application.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many notifications a node has claimed at a time: as many as it has sent lately within {@link #AHEAD}. Fewer, and
 * a flood's commits would leave most of what they accept to another claim; more, and while the provider is slow other
 * nodes would have nothing to do, and more than necessary were in doubt after a crash.
 */
final class InFlightLimit {

    private static final Duration AHEAD = Duration.ofMillis(500);
    private static final Duration MEASURED = Duration.ofMillis(100);
    /** Of the limit, after each time in which less was sent: a short pause is no reason to begin anew. */
    private static final double KEPT = 0.9;

    private final int least;
    private final int most;
    private final InstantSource clock;
    private final AtomicInteger settled = new AtomicInteger();
    private Instant since;
    private double limit;

    InFlightLimit(DeliverySettings settings, InstantSource clock) {
        this.least = settings.inFlight();
        this.most = settings.mostInFlight();
        this.clock = clock;
        this.since = clock.instant();
        this.limit = least;
    }

    void settled() {
        settled.incrementAndGet();
    }

    synchronized int now() {
        Instant now = clock.instant();
        Duration passed = Duration.between(since, now);
        if (passed.compareTo(MEASURED) >= 0) {
            double sent = settled.getAndSet(0) * ((double) AHEAD.toNanos() / passed.toNanos());
            double kept = limit * Math.pow(KEPT, (double) passed.toNanos() / MEASURED.toNanos());
            limit = Math.clamp(Math.max(sent, kept), least, most);
            since = now;
        }
        return (int) limit;
    }
}
