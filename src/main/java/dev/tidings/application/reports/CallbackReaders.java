package dev.tidings.application.reports;

import java.util.Collection;

/** Who reads the callbacks of the providers that are configured here, one for each provider that makes any. */
@FunctionalInterface
public interface CallbackReaders {

    /** The same ones each time. */
    Collection<CallbackReader> readers();
}
