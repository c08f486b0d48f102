package dev.tidings.application.delivery;

import dev.tidings.domain.notification.ProviderName;
import java.util.Optional;

/** Whether a provider could be used now, found out without sending anything. */
public interface ProviderHealth {

    ProviderName name();

    /** Asks the provider, for a few seconds at most; yields what is wrong, in words for the operator. */
    Optional<String> problem();
}
