package dev.tidings.application.commit;

import java.util.Collection;
import java.util.Map;

/** The event log, many aggregates at a time. */
public interface EventLog {

    /** Reads these aggregates' events in one go, so that loading each of them in this unit of work asks no more. */
    void prefetch(Collection<?> aggregateIds);

    /** The metadata of each one's first event, by the text of its id; nothing for one that has none. */
    Map<String, Map<String, ?>> origins(Collection<?> aggregateIds);
}
