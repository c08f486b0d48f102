package dev.tidings.application.delivery;

import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.notification.Channel;
import dev.tidings.domain.notification.Lane;
import dev.tidings.domain.notification.NotificationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The notifications that have not ended yet, each with the time when it is due. A claim is durable and numbered: it is
 * the record of an attempt that is about to be made.
 */
public interface DeliveryQueue {

    /** Adds them in the running transaction; those to be claimed at once become this node's attempt number 1. */
    void add(List<Entry> entries);

    record Entry(
            NotificationId notificationId,
            RequestContext context,
            Channel channel,
            Lane lane,
            Instant dueAt,
            Optional<Instant> claimedUntil) {}

    /**
     * Claims what is due for this node, in a transaction of its own: by lane, what has never been tried before what
     * has, then by due time. Never waits for other nodes' claims.
     *
     * @param limit at most so many, from 1
     * @param claimedUntil until when nobody else may claim them
     */
    List<OutgoingMessage> claim(Channel channel, int limit, Instant now, Instant claimedUntil);

    /** Applies, in the running transaction, what became of attempts. Later attempts that were claimed meanwhile go on. */
    void settle(List<Settlement> settlements);

    /** What becomes of a row whose latest attempt this was. */
    sealed interface Settlement {
        NotificationId notificationId();

        int attempt();

        /** It has ended; so has a later attempt that nobody has claimed yet. */
        record Ended(NotificationId notificationId, int attempt) implements Settlement {}

        /** It is due again. */
        record DueAgain(NotificationId notificationId, int attempt, Instant dueAt) implements Settlement {}

        /** It waits for a person's decision. */
        record Held(NotificationId notificationId, int attempt) implements Settlement {}
    }

    /** Gives claims back that were not tried: they are due as before, and the attempt doesn't count. */
    void giveBack(List<OutgoingMessage> unsent);

    /** Keeps this node's claims on these. */
    void renew(List<NotificationId> claimed, Instant claimedUntil);

    /** Claims whose holder has died or let them run out. */
    List<Interrupted> interrupted(Instant now, int limit);

    record Interrupted(NotificationId notificationId, int attempt, RequestContext context) {}

    /** When the next one that nobody has claimed is due; nothing when none waits. */
    Optional<Instant> nextDue(Channel channel);

    /** How many wait, and for how long, by channel and lane; those that are held or due later included. */
    List<Depth> depths(Instant now);

    /** {@code oldestDue} is when the one that has waited longest was due; absent when all are held, which isn't waiting for us. */
    record Depth(
            Channel channel,
            Lane lane,
            long waiting,
            @Nullable Instant oldestDue) {}
}
