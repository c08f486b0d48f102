package dev.tidings.application.commit;

/** Tells a part that is down for now, which says nothing of the work that met it, from work that can't be done. */
@FunctionalInterface
public interface Outages {

    boolean isOutage(Throwable thrown);

    /** Whether it is an outage for want of space, which trying again only makes worse. */
    default boolean isOutOfSpace(Throwable thrown) {
        return false;
    }
}
