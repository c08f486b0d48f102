package dev.tidings.application.delivery;

import dev.tidings.application.delivery.CircuitBreaker.State;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.provider.ProviderPolicy;
import dev.tidings.domain.provider.ProviderPolicy.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One provider of a channel, with all that decides whether it is used now. */
public final class Route {

    private static final Logger LOG = LoggerFactory.getLogger(Route.class);
    /** Longer than that nobody waits for a limit with a message in hand. */
    private static final Duration IN_HAND = Duration.ofSeconds(1);

    private final MessageProvider provider;
    private final CircuitBreaker breaker;
    private final Allowance allowance;
    private final Semaphore places;
    private final ProviderPolicy configured;
    private volatile ProviderPolicy policy;

    /** What came of asking whether it takes a message now. */
    sealed interface Entry {
        record Admitted() implements Entry {}

        /** Its limit is used up for a moment. */
        record NotYet(Duration pause) implements Entry {}

        /** @param rest for how long, as far as is known; zero if it isn't */
        record Refused(Failure failure, Duration rest) implements Entry {}
    }

    public Route(MessageProvider provider, ProviderPolicy policy, CircuitBreaker breaker, ProviderUsage usage) {
        this.provider = provider;
        this.configured = policy;
        this.policy = policy;
        this.breaker = breaker;
        this.allowance = new Allowance(provider.name(), usage);
        this.places = new Semaphore(provider.concurrency());
    }

    public ProviderName name() {
        return provider.name();
    }

    public MessageProvider provider() {
        return provider;
    }

    public ProviderPolicy policy() {
        return policy;
    }

    /** Before anybody chose otherwise. */
    public ProviderPolicy configured() {
        return configured;
    }

    /** Yields whether that is something new. */
    boolean follow(ProviderPolicy other) {
        boolean different = !policy.equals(other);
        if (different) {
            policy = other;
            allowance.askAgain();
        }
        return different;
    }

    public State circuit() {
        return breaker.state();
    }

    /** Since when messages don't flow; empty while they do. */
    public Optional<Instant> openSince() {
        return breaker.openSince();
    }

    /** How long none is let through from now on; zero if one may be. */
    public Duration circuitRest() {
        return breaker.rest();
    }

    /** How many messages it is sending now. */
    public int underWay() {
        return provider.concurrency() - places.availablePermits();
    }

    /** Whether messages flow through it now. */
    boolean isOpen(Instant now) {
        return policy.mode() == Mode.ACTIVE
                && breaker.state() == State.CLOSED
                && allowance.rest(now).compareTo(IN_HAND) <= 0;
    }

    /** How long it can't even be tried; zero if it can, and a long time if nobody but an operator can change that. */
    Duration rest(Instant now, Duration longest) {
        if (policy.mode() == Mode.INACTIVE) {
            return longest;
        }
        Duration limit = allowance.rest(now);
        Duration circuit = breaker.rest();
        return limit.compareTo(circuit) > 0 ? limit : circuit;
    }

    /** Waits for one of its places. Whoever is admitted must {@link #send}, once. */
    Entry enter(boolean alone, Instant now) {
        ProviderPolicy rules = policy;
        if (rules.mode() == Mode.INACTIVE || (rules.mode() == Mode.DRAINING && !alone)) {
            return refused("inactive", "is switched off", Duration.ZERO);
        }
        if (!breaker.rest().isZero()) {
            return refused("circuit_open", "has failed too often, and is left alone for a while", breaker.rest());
        }
        Duration wait = limitsOf(rules, now);
        if (!wait.isZero()) {
            return wait.compareTo(IN_HAND) <= 0
                    ? new Entry.NotYet(wait)
                    : refused("limit", "has got as many today as it may", wait);
        }
        places.acquireUninterruptibly();
        if (!breaker.tryUse()) {
            places.release();
            return refused("circuit_open", "has failed too often, and is being tried again", breaker.rest());
        }
        return new Entry.Admitted();
    }

    /** While nobody can say what is left, it is waited for. */
    private Duration limitsOf(ProviderPolicy rules, Instant now) {
        try {
            return allowance.take(rules, now);
        } catch (RuntimeException e) {
            LOG.warn("What is left of the limits of {} can't be found out", provider.name(), e);
            return IN_HAND;
        }
    }

    private static Entry refused(String code, String detail, Duration rest) {
        return new Entry.Refused(new Failure(code, detail), rest);
    }

    SendOutcome send(OutgoingMessage message) {
        long begun = System.nanoTime();
        SendOutcome outcome;
        try {
            outcome = provider.send(message);
        } catch (RuntimeException | Error e) {
            LOG.error("Provider {} broke its contract", provider.name(), e);
            outcome =
                    new SendOutcome.Unknown(new Failure("internal", e.getClass().getSimpleName()));
        } finally {
            places.release();
        }
        heard(outcome, Duration.ofNanos(System.nanoTime() - begun));
        return outcome;
    }

    /** A provider that says no to a message works; one that says nothing may not. */
    void heard(SendOutcome outcome, Duration took) {
        switch (outcome) {
            case SendOutcome.Accepted _,
                    SendOutcome.FailedForGood _,
                    SendOutcome.RecipientGone _,
                    SendOutcome.Unsuitable _,
                    SendOutcome.Withheld _ -> breaker.worked(took);
            case SendOutcome.FailedForNow _, SendOutcome.Unknown _ -> breaker.failed(took);
            case SendOutcome.ProviderDown down -> {
                LOG.atWarn()
                        .addArgument(provider.name())
                        .addArgument(down.failure().code())
                        .log("Provider {} can't be used: {}");
                breaker.down(down.retryAfter());
            }
        }
    }
}
