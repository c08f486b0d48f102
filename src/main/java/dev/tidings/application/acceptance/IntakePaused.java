package dev.tidings.application.acceptance;

import java.time.Duration;

/** Nothing is taken in for now. Changed nothing. */
public final class IntakePaused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    IntakePaused(String reason, Duration retryAfter) {
        super(reason, null, false, false);
        this.retryAfter = retryAfter;
    }

    /** When to ask again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
