package dev.tidings.application.commit;

/** Looks for work when told that there may be some, instead of asking all the time. */
@FunctionalInterface
public interface Wakeable {

    /** Cheap, and harmless when there is nothing to do. */
    void wake();
}
