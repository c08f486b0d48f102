package dev.tidings.application.delivery;

import java.time.Duration;
import java.time.Instant;

/** Leaves a provider alone that is down: for a second at first, then twice as long each time, at most 30 s. */
final class ProviderPause {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final int DOUBLINGS = 5;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private int failures;
    private Instant until = Instant.MIN;

    /** Several that fail together are one failure. Yields whether this began a pause. */
    synchronized boolean begin(Instant now) {
        if (now.isBefore(until)) {
            return false;
        }
        Duration pause = FIRST.multipliedBy(1L << Math.min(failures, DOUBLINGS));
        until = now.plus(pause.compareTo(LONGEST) < 0 ? pause : LONGEST);
        failures++;
        return true;
    }

    /** Something went through. Yields whether that ended a pause. */
    synchronized boolean end() {
        boolean was = failures > 0;
        failures = 0;
        until = Instant.MIN;
        return was;
    }

    /** Until something has gone through: also while it is being tried again. */
    synchronized boolean isOn() {
        return failures > 0;
    }

    synchronized Duration remaining(Instant now) {
        return now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO;
    }
}
