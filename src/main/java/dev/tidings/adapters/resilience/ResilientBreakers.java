package dev.tidings.adapters.resilience;

import dev.tidings.application.delivery.CircuitBreaker;
import dev.tidings.application.delivery.CircuitBreakers;
import dev.tidings.domain.notification.ProviderName;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A circuit opens when half of the last 20 messages failed, or one that nobody can mend; then it is tried with a single
 * message after 1, 2, 4, … and at most 30 s.
 */
final class ResilientBreakers implements CircuitBreakers {

    private static final int WINDOW = 20;
    private static final float MOST_FAILURES_PERCENT = 50;

    private final InstantSource clock;
    private final Map<ProviderName, CircuitBreaker> byProvider = new ConcurrentHashMap<>();

    ResilientBreakers(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public CircuitBreaker of(ProviderName provider) {
        return byProvider.computeIfAbsent(provider, this::breaker);
    }

    private CircuitBreaker breaker(ProviderName provider) {
        Rests rests = new Rests();
        Clock zoned = clock.withZone(ZoneOffset.UTC);
        CircuitBreakerConfig config = CircuitBreakerConfig.custom()
                .slidingWindow(WINDOW, WINDOW / 2, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(MOST_FAILURES_PERCENT)
                .permittedNumberOfCallsInHalfOpenState(1)
                .waitIntervalFunctionInOpenState(rests)
                .clock(zoned)
                .writableStackTraceEnabled(false)
                .build();
        return new ResilientBreaker(
                io.github.resilience4j.circuitbreaker.CircuitBreaker.of(provider.value(), config), rests, zoned);
    }
}
