package dev.tidings.application.contact;

import dev.tidings.domain.recipient.Reach;
import dev.tidings.domain.recipient.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Where people are reached, as services have told us, and as it is on the primary. */
public interface ContactPoints {

    record ContactPoint(UserId userId, Reach reach, Instant since) {}

    /** The latest first; of the channels that one person has one address for, there is one. */
    List<ContactPoint> of(UserId userId);

    /** Adds it, unless it is there; where a person has one address for the channel, it takes the place of that. */
    void add(ContactPoint point);

    /**
     * The same, in the running transaction if there is one, but for a person who has so many others already. Yields
     * whether it is there now.
     */
    boolean add(ContactPoint point, int most);

    /** Yields whether it was there. */
    boolean remove(UserId userId, Reach reach);

    /** Removes them, in the running transaction if there is one, from whomever they belong to. */
    void forget(Collection<Reach> reaches);
}
