package dev.tidings.application.notification;

import dev.tidings.application.notification.RebuildViews.Differences;
import dev.tidings.application.notification.RebuildViews.Progress;
import java.util.Optional;

/** Views that are made from the log beside those that are read, until they take their place. Blocks. */
public interface ViewsBeside {

    /** Starts from nothing, whatever was left of an earlier one; empty while another node, or this one, is at it. */
    Optional<Building> begin();

    /** Keeps for every node to see how far it has come. */
    void note(Progress progress);

    /** What was noted last; empty before the first one. */
    Optional<Progress> noted();

    /** Whether some node is at it now. */
    boolean isUnderWay();

    /** Ends with {@link #close}, which leaves nothing behind. */
    interface Building extends AutoCloseable {

        /** Takes over some more of the events that the views show that are read. */
        Step copy();

        /** Makes them as quick to read as those that are read. */
        void index();

        /** As of one moment, up to which the rest is copied. */
        Differences compare();

        /** Copies what is left while the others stand still, and puts these in their place, for all who read. */
        long takeTheirPlace();

        @Override
        void close();
    }

    /**
     * @param read events that were copied
     * @param left about how many are left
     */
    record Step(long read, long left) {}
}
