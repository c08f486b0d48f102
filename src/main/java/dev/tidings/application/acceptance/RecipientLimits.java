package dev.tidings.application.acceptance;

import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.category.RecipientLimit;
import dev.tidings.domain.recipient.Reach;
import java.time.Instant;

/** How many notifications of the types that have a limit each address was to get lately, counted for all nodes together. */
public interface RecipientLimits {

    /** Counts one more, in the running transaction, unless that is one too many; yields whether it did. */
    boolean take(Reach reach, NotificationType type, RecipientLimit limit, Instant now);

    /** Forgets some that got nothing since; yields how many, at most {@code limit}. */
    int forget(Instant before, int limit);
}
