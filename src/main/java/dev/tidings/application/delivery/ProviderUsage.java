package dev.tidings.application.delivery;

import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.provider.ProviderPolicy;
import java.time.Instant;

/** How much of its limits each provider has used up, by all nodes together. */
public interface ProviderUsage {

    /**
     * Takes some of what is left of this second and this day (UTC), in a transaction of its own.
     *
     * @param wanted at most so many, from 1
     * @param unused how many taken earlier were not used, and are given back to the day
     * @return how many may be used within this second; with 0, whether that is the day's fault
     */
    Taken take(ProviderName provider, ProviderPolicy limits, int wanted, int unused, Instant now);

    record Taken(int granted, boolean dayUsedUp) {}
}
