package dev.tidings.application.commit;

import java.util.Collection;

/** The event log, many aggregates at a time. */
public interface EventLog {

    /** Reads these aggregates' events in one go, so that loading each of them in this unit of work asks no more. */
    void prefetch(Collection<?> aggregateIds);
}
