package dev.tidings.application.acceptance;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether more is taken in. Pauses while too much waits for delivery, and after the database had no space left; goes on
 * by itself when there is room again.
 */
public final class Intake {

    /** Far enough below the bound that it isn't met again at once. */
    private static final double ROOM_AGAIN = 0.9;

    /** How often what comes in may try whether there is space again. */
    public static final Duration BETWEEN_TRIES = Duration.ofSeconds(10);

    /** An operator's work, or minutes of delivery. */
    private static final Duration UNTIL_LESS_WAITS = Duration.ofSeconds(30);

    private final long mostWaiting;
    private final InstantSource clock;
    private volatile boolean tooManyWait;
    private volatile long waiting;
    private volatile @Nullable Instant outOfSpaceUntil;

    /** @param mostWaiting how many may wait for delivery, from 1 */
    public Intake(long mostWaiting, InstantSource clock) {
        if (mostWaiting < 1) {
            throw new IllegalArgumentException("at least 1 must be allowed to wait");
        }
        this.mostWaiting = mostWaiting;
        this.clock = clock;
    }

    /** Why nothing is taken in for now; empty when it is. */
    public Optional<String> paused() {
        return pause().map(Throwable::getMessage);
    }

    /** Throws {@link IntakePaused}. */
    public void check() {
        pause().ifPresent(paused -> {
            throw paused;
        });
    }

    private Optional<IntakePaused> pause() {
        Instant until = outOfSpaceUntil;
        Instant now = clock.instant();
        if (until != null && now.isBefore(until)) {
            return Optional.of(new IntakePaused("the database has no space left", Duration.between(now, until)));
        }
        return tooManyWait
                ? Optional.of(
                        new IntakePaused(waiting + " wait for delivery, and " + mostWaiting + " may", UNTIL_LESS_WAITS))
                : Optional.empty();
    }

    /** So many wait for delivery now, those due later included. */
    public void seen(long waiting) {
        this.waiting = waiting;
        tooManyWait = waiting > (tooManyWait ? mostWaiting * ROOM_AGAIN : mostWaiting);
    }

    void ranOutOfSpace() {
        outOfSpaceUntil = clock.instant().plus(BETWEEN_TRIES);
    }

    void tookIn() {
        if (outOfSpaceUntil != null) {
            outOfSpaceUntil = null;
        }
    }
}
