package dev.tidings.application.delivery;

import java.util.Collection;

/** The providers of one kind of technology that are configured here. */
@FunctionalInterface
public interface ConfiguredProviders {

    /** The same ones each time. */
    Collection<? extends MessageProvider> all();
}
