package dev.tidings.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a cell.
 *
 * @param accepted what callers were promised: answered with 202, or confirmed by the broker
 * @param doubled recipients whose mail the relay has taken more than once
 * @param notListed of these, the ones whose timeline doesn't say that this may have happened
 * @param parked events of which Tidings said that they can't be processed
 * @param unannounced sent or failed, and nobody was told
 * @param troubles in words, whatever else isn't as it should be
 */
public record Result(
        Cell cell,
        int accepted,
        int lost,
        int doubled,
        int notListed,
        int parked,
        int unannounced,
        Ledger ledger,
        Unkept unkept,
        Reads reads,
        Timing timing,
        List<String> troubles) {

    /** Law 2, from the log and the queue, and once more from the view. */
    public record Ledger(
            int requested, int sent, int failed, int suppressed, int waiting, Map<String, Integer> viewed) {

        public boolean balances() {
            return requested == sent + failed + suppressed + waiting;
        }

        /** How many rows the view lacks, or has with another status than the log leads to; 0 when it has caught up. */
        public int behind() {
            int rows = viewed.values().stream().mapToInt(Integer::intValue).sum();
            return Math.abs(requested - rows)
                    + Math.abs(sent - viewed("sent"))
                    + Math.abs(failed - viewed("failed"))
                    + Math.abs(suppressed - viewed("suppressed"));
        }

        private int viewed(String status) {
            return viewed.getOrDefault(status, 0);
        }
    }

    /**
     * What nobody was promised.
     *
     * @param refused REST requests answered with an error, or not even connected
     * @param unanswered REST requests without an answer
     * @param unconfirmed events without a confirm
     */
    public record Unkept(int refused, int unanswered, int unconfirmed) {}

    /**
     * Of notifications accepted by REST, by their id.
     *
     * @param notFound answered with 404
     */
    public record Reads(int asked, int failed, int notFound) {}

    /**
     * How it came back.
     *
     * @param untilBack from the end of the fault until mail flows again; absent if it never did
     * @param settling from the end of the fault, or of the load if that was later, until nothing was due any more
     */
    public record Timing(Optional<Duration> untilBack, Duration settling) {}

    /** What was promised was kept, and all of it is on the books. */
    public boolean isClean() {
        return lost == 0
                && notListed == 0
                && parked == 0
                && unannounced == 0
                && reads.notFound == 0
                && ledger.balances()
                && ledger.behind() == 0
                && troubles.isEmpty();
    }
}
