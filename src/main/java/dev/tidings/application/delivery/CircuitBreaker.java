package dev.tidings.application.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Keeps messages away from a provider that is down or fails too often, and lets it be tried by and by. */
public interface CircuitBreaker {

    enum State {
        /** Messages flow. */
        CLOSED,
        /** None is let through, until {@link #rest} is over. */
        OPEN,
        /** A single one is let through, and decides. */
        HALF_OPEN
    }

    State state();

    /** How long none is let through from now on; zero if one may be. */
    Duration rest();

    /** Since when it hasn't been closed; empty while it is. */
    Optional<Instant> openSince();

    /** Whether a message may be given to the provider. Whoever gets a yes must call one of the three below, once. */
    boolean tryUse();

    /** The provider answered, whatever it said of the message. */
    void worked(Duration took);

    /** It could not take this message for now; when many fail the circuit opens. */
    void failed(Duration took);

    /**
     * Nobody can use it: the circuit opens at once.
     *
     * @param retryAfter for how long at least
     */
    void down(Duration retryAfter);
}
