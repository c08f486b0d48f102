package dev.tidings.domain.category;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long to wait after each failed attempt; when the delays are used up, the notification has failed.
 *
 * @param delays after the first, second, … attempt; each positive
 * @param jitter each delay is moved by up to this part of itself, either way; 0 to 1
 */
public record RetryPolicy(List<Duration> delays, double jitter) {

    public static final RetryPolicy NONE = new RetryPolicy(List.of(), 0);

    /** While a provider is down: it is asked again by a few only, and the rest follow when it is back. */
    public static final RetryPolicy WHILE_DOWN = new RetryPolicy(List.of(Duration.ofSeconds(10)), 0.2);

    public RetryPolicy {
        delays = List.copyOf(delays);
        if (delays.stream().anyMatch(delay -> !delay.isPositive())) {
            throw new IllegalArgumentException("every retry delay must be positive: " + delays);
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter must be from 0 to 1, not " + jitter);
        }
    }

    /**
     * The wait after this many attempts, or nothing when it was the last.
     *
     * @param attempts made so far, from 1
     * @param chance from 0 (shortest) to 1 (longest)
     * @param retryAfter what the provider asked for; a longer wish is granted, a shorter one is not
     */
    public Optional<Duration> delayAfter(int attempts, double chance, Duration retryAfter) {
        if (attempts > delays.size()) {
            return Optional.empty();
        }
        Duration delay = delays.get(attempts - 1);
        double factor = 1 + jitter * (2 * chance - 1);
        Duration jittered = Duration.ofMillis(Math.max(1, Math.round(delay.toMillis() * factor)));
        return Optional.of(jittered.compareTo(retryAfter) >= 0 ? jittered : retryAfter);
    }
}
