package dev.tidings.application.ledger;

import dev.tidings.domain.access.ServiceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what became of all that was accepted, in the log, in the views and in the queue, as of one moment. */
public interface Ledger {

    /**
     * A sheet for each service and hour of acceptance that there is anything of, by service, then hour. Blocks, as long
     * as it takes to read all events of that time.
     *
     * @param from inclusive
     * @param to exclusive
     * @param service only this one's; all if absent
     * @throws dev.tidings.application.InvalidInput if there is too much to count
     */
    List<Sheet> count(Instant from, Instant to, @Nullable ServiceId service);
}
