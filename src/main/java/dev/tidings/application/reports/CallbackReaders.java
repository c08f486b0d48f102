package dev.tidings.application.reports;

import java.util.Collection;

/** The readers of callbacks of one kind of technology that are configured here. */
@FunctionalInterface
public interface CallbackReaders {

    /** The same ones each time. */
    Collection<? extends CallbackReader> all();
}
