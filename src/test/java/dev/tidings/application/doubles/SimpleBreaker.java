package dev.tidings.application.doubles;

import dev.tidings.application.delivery.CircuitBreaker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens when told so, for 1, 2, 4, … and at most 30 s; never by what fails for now. */
public final class SimpleBreaker implements CircuitBreaker {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final InstantSource clock;
    private int opened;
    private boolean tried;
    private Instant until = Instant.MIN;
    private @Nullable Instant since;

    public SimpleBreaker(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized State state() {
        return opened == 0 ? State.CLOSED : tried ? State.HALF_OPEN : State.OPEN;
    }

    @Override
    public synchronized Duration rest() {
        Instant now = clock.instant();
        return now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO;
    }

    @Override
    public synchronized Optional<Instant> openSince() {
        return Optional.ofNullable(since);
    }

    @Override
    public synchronized boolean tryUse() {
        if (opened == 0) {
            return true;
        }
        boolean may = !tried && rest().isZero();
        tried |= may;
        return may;
    }

    @Override
    public synchronized void worked(Duration took) {
        opened = 0;
        since = null;
        tried = false;
        until = Instant.MIN;
    }

    @Override
    public void failed(Duration took) {
        worked(took);
    }

    @Override
    public synchronized void down(Duration retryAfter) {
        if (opened > 0 && !tried) {
            return;
        }
        tried = false;
        Duration usual = Duration.ofSeconds(1L << Math.min(opened, 5));
        Duration bounded = usual.compareTo(LONGEST) < 0 ? usual : LONGEST;
        opened++;
        since = since == null ? clock.instant() : since;
        until = clock.instant().plus(bounded.compareTo(retryAfter) > 0 ? bounded : retryAfter);
    }
}
