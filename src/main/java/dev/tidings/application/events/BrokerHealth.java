package dev.tidings.application.events;

import java.util.Optional;

/** How the broker is. Asked anew each time; it may block for some seconds. */
@FunctionalInterface
public interface BrokerHealth {

    /** Why no events come in or go out; empty when they do. Names no user or password. */
    Optional<String> problem();
}
