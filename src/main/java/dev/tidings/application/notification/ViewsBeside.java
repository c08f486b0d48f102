package dev.tidings.application.notification;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    enum Phase {
        COPYING,
        INDEXING,
        COMPARING,
        SWITCHING,
        DONE,
        /** The old views are as they were. */
        FAILED,
        /** Its process is gone; the old views are as they were. */
        INTERRUPTED;

        boolean isEnd() {
            return switch (this) {
                case DONE, FAILED, INTERRUPTED -> true;
                case COPYING, INDEXING, COMPARING, SWITCHING -> false;
            };
        }
    }

    /**
     * @param node where it runs, or ran
     * @param read events so far
     * @param left about how many more there are to read
     * @param perSecond events while copying
     * @param seenAt of when this is; when it ended, if it has
     * @param differences of the old views from the new ones, once they were compared
     * @param problem why it failed
     */
    record Progress(
            String node,
            Phase phase,
            long read,
            long left,
            long perSecond,
            Instant startedAt,
            Instant seenAt,
            @Nullable Differences differences,
            @Nullable String problem) {}

    /**
     * What was wrong with the old views, in numbers of notifications.
     *
     * @param missing which they did not show
     * @param superfluous which they showed though the log has none
     * @param different which they showed otherwise
     * @param examples ids of some of all these
     */
    record Differences(long missing, long superfluous, long different, List<String> examples) {

        public Differences {
            examples = List.copyOf(examples);
        }

        public long all() {
            return missing + superfluous + different;
        }
    }
}
