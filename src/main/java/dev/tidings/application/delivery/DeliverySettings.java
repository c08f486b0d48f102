package dev.tidings.application.delivery;

import java.time.Duration;

/**
 * How the queue is worked off.
 *
 * @param inFlight how many notifications this node has claimed at most at a time, from 1
 * @param mostInFlight how many it has when it sends fast: as many as it has sent in half a second, from {@code inFlight}
 * @param lease how long a claim holds without renewal: a dead node's work is taken over after this time
 * @param poll how long the queue is left alone when nothing wakes us; a safety net, not the way work is found
 */
public record DeliverySettings(int inFlight, int mostInFlight, Duration lease, Duration poll) {

    public DeliverySettings {
        if (inFlight < 1) {
            throw new IllegalArgumentException("in-flight must be at least 1, not " + inFlight);
        }
        if (mostInFlight < inFlight) {
            throw new IllegalArgumentException(
                    "most-in-flight must be at least in-flight, which is " + inFlight + ", not " + mostInFlight);
        }
        if (lease.compareTo(Duration.ofSeconds(3)) < 0) {
            throw new IllegalArgumentException("lease must be at least 3 s, not " + lease);
        }
        if (!poll.isPositive()) {
            throw new IllegalArgumentException("poll must be positive, not " + poll);
        }
    }
}
