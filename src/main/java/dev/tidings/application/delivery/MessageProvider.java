package dev.tidings.application.delivery;

import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;

/** A way to hand a message to the outside world. */
public interface MessageProvider {

    ProviderName name();

    Channel channel();

    /** How many messages it can send at the same time; at least 1. */
    int concurrency();

    /** Whether it can reach such an address of its channel at all. */
    default boolean reaches(Address address) {
        return !address.isSimulated();
    }

    /** Whether it only pretends: what it takes reaches nobody. */
    default boolean isSandbox() {
        return false;
    }

    /** Blocks until the outcome is known, or known to be unknown. What goes wrong is an outcome, not an exception. */
    SendOutcome send(OutgoingMessage message);
}
