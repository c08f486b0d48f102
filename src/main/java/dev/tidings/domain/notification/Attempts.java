package dev.tidings.domain.notification;

import dev.tidings.domain.notification.NotificationCommand.RecordAttempt;
import java.util.BitSet;

/**
 * The attempts of one notification that are on record, by their numbers.
 *
 * @param settled those whose outcome is known
 * @param unknown those whose outcome is not
 * @param uncounted those that used up no retry: the provider was down, or all was begun afresh since
 */
record Attempts(BitSet settled, BitSet unknown, BitSet uncounted) {

    static final Attempts NONE = new Attempts(new BitSet(), new BitSet(), new BitSet());

    /** One of unknown outcome is on record already, unless the news is that it was accepted. */
    boolean has(RecordAttempt command) {
        int attempt = command.attempt();
        return settled.get(attempt)
                || ((unknown.get(attempt) || uncounted.get(attempt))
                        && !(command.outcome() instanceof SendOutcome.Accepted));
    }

    boolean areNone() {
        return last() == 0;
    }

    /** The highest number; 0 when there are none. */
    int last() {
        int length = Math.max(settled.length(), Math.max(unknown.length(), uncounted.length()));
        return Math.max(0, length - 1);
    }

    /** The last of unknown outcome, else the last of all; 0 when there are none. */
    int lastThatMayHaveArrived() {
        return unknown.isEmpty() ? last() : unknown.length() - 1;
    }

    boolean isDoubtful(int attempt) {
        return unknown.get(attempt);
    }

    int doubtful() {
        return unknown.cardinality();
    }

    int doubtfulBut(int attempt) {
        return unknown.cardinality() - (unknown.get(attempt) ? 1 : 0);
    }

    /** How many count against the retries once this one is on record. */
    int countedWith(int attempt) {
        BitSet counted = (BitSet) settled.clone();
        counted.or(unknown);
        counted.set(attempt);
        counted.andNot(uncounted);
        return counted.cardinality();
    }

    Attempts settled(int attempt) {
        return new Attempts(with(settled, attempt), without(unknown, attempt), uncounted);
    }

    Attempts postponed(int attempt) {
        return new Attempts(with(settled, attempt), unknown, with(uncounted, attempt));
    }

    Attempts doubtful(int attempt) {
        return new Attempts(settled, with(unknown, attempt), uncounted);
    }

    /** None of those so far counts any more. */
    Attempts forgiven() {
        BitSet all = (BitSet) uncounted.clone();
        all.or(settled);
        all.or(unknown);
        return new Attempts(settled, unknown, all);
    }

    /** Somebody says that those of unknown outcome did arrive. */
    Attempts arrived() {
        BitSet known = (BitSet) settled.clone();
        known.or(unknown);
        return new Attempts(known, new BitSet(), uncounted);
    }

    /** Somebody says that those of unknown outcome did not arrive. If one did, that is still to be recorded. */
    Attempts lost() {
        BitSet forgotten = (BitSet) uncounted.clone();
        forgotten.or(unknown);
        return new Attempts(settled, new BitSet(), forgotten);
    }

    private static BitSet with(BitSet bits, int bit) {
        BitSet copy = (BitSet) bits.clone();
        copy.set(bit);
        return copy;
    }

    private static BitSet without(BitSet bits, int bit) {
        if (!bits.get(bit)) {
            return bits;
        }
        BitSet copy = (BitSet) bits.clone();
        copy.clear(bit);
        return copy;
    }
}
