package dev.tidings.application.delivery;

import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.provider.ProviderPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What this node may give to one provider now, by the provider's limits. Takes it from {@link ProviderUsage} in small
 * shares, so that other nodes get theirs and most messages need no question.
 */
final class Allowance {

    private static final int SHARES = 10;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ProviderName provider;
    private final ProviderUsage usage;
    private int left;
    private Instant second = Instant.MIN;
    private Instant nothingBefore = Instant.MIN;

    Allowance(ProviderName provider, ProviderUsage usage) {
        this.provider = provider;
        this.usage = usage;
    }

    /** Takes one; yields how long to wait when there is none, zero when there was. */
    synchronized Duration take(ProviderPolicy limits, Instant now) {
        if (!limits.isLimited()) {
            return Duration.ZERO;
        }
        if (now.isBefore(nothingBefore)) {
            return Duration.between(now, nothingBefore);
        }
        Instant current = now.truncatedTo(ChronoUnit.SECONDS);
        if (!current.equals(second) || left == 0) {
            int unused = left;
            left = 0;
            ProviderUsage.Taken taken = usage.take(provider, limits, share(limits), unused, now);
            second = current;
            left = taken.granted();
            if (left == 0) {
                nothingBefore = taken.dayUsedUp()
                        ? now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1))
                        : current.plus(SECOND);
                return Duration.between(now, nothingBefore);
            }
        }
        left--;
        return Duration.ZERO;
    }

    /** How long there will be none, as far as is known; zero if there may be one. */
    synchronized Duration rest(Instant now) {
        return now.isBefore(nothingBefore) ? Duration.between(now, nothingBefore) : Duration.ZERO;
    }

    /** Other limits hold from now on. */
    synchronized void askAgain() {
        nothingBefore = Instant.MIN;
    }

    private static int share(ProviderPolicy limits) {
        return limits.perSecond() == 0 ? 1 : Math.max(1, limits.perSecond() / SHARES);
    }
}
