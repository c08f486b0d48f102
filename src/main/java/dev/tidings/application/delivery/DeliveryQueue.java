package dev.tidings.application.delivery;

import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.recipient.Channel;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The notifications that have not ended yet, each with the time when it is due. A claim is durable and numbered: it is
 * the record of an attempt that is about to be made.
 */
public interface DeliveryQueue {

    /** Adds them in the running transaction; those to be claimed at once become this node's attempt number 1. */
    void add(List<Entry> entries);

    /**
     * @param expiresAt from when on it is not claimed any more; absent when it always may be
     * @param attempts how often it was claimed before, if it was in the queue before
     */
    record Entry(
            NotificationId notificationId,
            RequestContext context,
            Channel channel,
            Lane lane,
            Instant dueAt,
            @Nullable Instant expiresAt,
            int attempts,
            Optional<Instant> claimedUntil) {}

    /**
     * Claims what is due for this node, in a transaction of its own: by lane, what has never been tried before what
     * has, then by due time. Never waits for other nodes' claims.
     *
     * @param order in which lanes are looked through
     * @param limit at most so many, from 1
     * @param claimedUntil until when nobody else may claim them
     */
    List<OutgoingMessage> claim(Channel channel, Order order, int limit, Instant now, Instant claimedUntil);

    enum Order {
        URGENT_FIRST,
        /** For a change, lest what is never urgent waits for ever. */
        URGENT_LAST
    }

    /** Applies, in the running transaction, what became of attempts. Later attempts that were claimed meanwhile go on. */
    void settle(List<Settlement> settlements);

    /** What becomes of a row whose latest attempt this was. */
    sealed interface Settlement {
        NotificationId notificationId();

        int attempt();

        /** It has ended; so has a later attempt that nobody has claimed yet. */
        record Ended(NotificationId notificationId, int attempt) implements Settlement {}

        /** It had ended before, and what came of this attempt changes nothing: only the attempt's own claim goes. */
        record TooLate(NotificationId notificationId, int attempt) implements Settlement {}

        /** It is due again. */
        record DueAgain(NotificationId notificationId, int attempt, Instant dueAt) implements Settlement {}

        /** It waits for a person's decision. */
        record Held(NotificationId notificationId, int attempt) implements Settlement {}
    }

    /** Gives claims back that were not tried: they are due as before, and the attempt doesn't count. */
    void giveBack(List<OutgoingMessage> unsent);

    /**
     * Takes those out, in the running transaction, that nobody has claimed; waits for whoever is claiming one. Held ones
     * are nobody's.
     *
     * @return those that are out
     */
    Set<NotificationId> withdraw(Collection<NotificationId> ids);

    /**
     * Makes it due at another time, in the running transaction, unless somebody has claimed it; ends its being held.
     *
     * @return whether it was there, and nobody's
     */
    boolean reschedule(NotificationId id, Instant dueAt);

    /**
     * Takes some out, in the running transaction, that nobody has claimed and that are of no use any more; not what is
     * held. Never waits for others.
     *
     * @return those that are out, at most {@code limit}
     */
    Set<NotificationId> withdrawExpired(Instant now, int limit);

    /** Keeps this node's claims on these. */
    void renew(List<NotificationId> claimed, Instant claimedUntil);

    /**
     * Claims whose holder has died or let them run out. They stay claimed, but by nobody: a holder that comes back can
     * neither keep them nor give them back, so that no number is used for two attempts.
     */
    List<Interrupted> interrupted(Instant now, int limit);

    record Interrupted(NotificationId notificationId, int attempt, RequestContext context) {}

    /** When the next one that nobody has claimed is due; nothing when none waits that is of use still. */
    Optional<Instant> nextDue(Channel channel, Instant now);

    /** How many wait, by channel and lane; those that are held or due later included. Takes time by their number. */
    List<Depth> depths();

    record Depth(Channel channel, Lane lane, long waiting) {}

    /** Which is due first, or has been for longest, by channel and lane; but for what is held. Takes hardly any time. */
    List<Oldest> oldest();

    record Oldest(Channel channel, Lane lane, Instant dueAt) {}
}
