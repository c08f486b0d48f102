package dev.tidings.application.delivery;

import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.notification.SendOutcome;

/** A way to hand a message to the outside world. */
public interface MessageProvider {

    ProviderName name();

    /** How many messages it can send at the same time; at least 1. */
    int concurrency();

    /** Blocks until the outcome is known, or known to be unknown. What goes wrong is an outcome, not an exception. */
    SendOutcome send(OutgoingMessage message);
}
