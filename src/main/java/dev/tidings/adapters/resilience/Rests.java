package dev.tidings.adapters.resilience;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;

/** How long a circuit stays open, by how often in a row it was opened; longer if the provider asked for it. */
final class Rests implements IntervalFunction {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int DOUBLINGS = 5;

    private volatile Duration asked = Duration.ZERO;

    void ask(Duration rest) {
        asked = rest;
    }

    /** In milliseconds. */
    @Override
    public Long apply(Integer times) {
        long usual = Math.min(FIRST.toMillis() << Math.min(times - 1, DOUBLINGS), LONGEST.toMillis());
        return Math.max(usual, asked.toMillis());
    }
}
