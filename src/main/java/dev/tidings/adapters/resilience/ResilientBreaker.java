package dev.tidings.adapters.resilience;

import dev.tidings.application.delivery.CircuitBreaker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

final class ResilientBreaker implements CircuitBreaker {

    private final io.github.resilience4j.circuitbreaker.CircuitBreaker breaker;
    private final Rests rests;
    private final Clock clock;
    private int opened;
    private Instant until = Instant.MIN;
    private @Nullable Instant since;

    ResilientBreaker(io.github.resilience4j.circuitbreaker.CircuitBreaker breaker, Rests rests, Clock clock) {
        this.breaker = breaker;
        this.rests = rests;
        this.clock = clock;
        breaker.getEventPublisher().onStateTransition(transition -> {
            switch (transition.getStateTransition().getToState()) {
                case OPEN -> opened();
                case CLOSED -> closed();
                case HALF_OPEN, DISABLED, FORCED_OPEN, METRICS_ONLY -> {}
            }
        });
    }

    /** The library wants to be told what went wrong, though it only counts. */
    private static final class Failed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Failed() {
            super("failed", null, false, false);
        }
    }

    private synchronized void opened() {
        opened++;
        since = since == null ? clock.instant() : since;
        until = clock.instant().plusMillis(rests.apply(opened));
    }

    private synchronized void closed() {
        opened = 0;
        since = null;
        until = Instant.MIN;
        rests.ask(Duration.ZERO);
    }

    @Override
    public State state() {
        return switch (breaker.getState()) {
            case CLOSED, DISABLED, METRICS_ONLY -> State.CLOSED;
            case OPEN, FORCED_OPEN -> State.OPEN;
            case HALF_OPEN -> State.HALF_OPEN;
        };
    }

    @Override
    public synchronized Duration rest() {
        Instant now = clock.instant();
        return state() == State.OPEN && now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO;
    }

    @Override
    public synchronized Optional<Instant> openSince() {
        return Optional.ofNullable(since);
    }

    @Override
    public boolean tryUse() {
        return breaker.tryAcquirePermission();
    }

    @Override
    public void worked(Duration took) {
        breaker.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void failed(Duration took) {
        breaker.onError(took.toNanos(), TimeUnit.NANOSECONDS, new Failed());
    }

    @Override
    public void down(Duration retryAfter) {
        rests.ask(retryAfter);
        breaker.onError(0, TimeUnit.NANOSECONDS, new Failed());
        if (breaker.getState() == io.github.resilience4j.circuitbreaker.CircuitBreaker.State.CLOSED) {
            breaker.transitionToOpenState();
        }
    }
}
