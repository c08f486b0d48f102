package dev.tidings.application.delivery;

import dev.tidings.domain.notification.ProviderName;
import java.util.Optional;

/** How a provider is. */
public interface ProviderHealth {

    ProviderName name();

    /** Why nothing can be handed to it, without addresses or credentials; empty when it can. Asks it anew; may block. */
    Optional<String> problem();
}
