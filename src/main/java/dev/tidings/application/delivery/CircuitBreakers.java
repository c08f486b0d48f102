package dev.tidings.application.delivery;

import dev.tidings.domain.notification.ProviderName;

/** One for each provider, for this node alone. */
@FunctionalInterface
public interface CircuitBreakers {

    CircuitBreaker of(ProviderName provider);
}
