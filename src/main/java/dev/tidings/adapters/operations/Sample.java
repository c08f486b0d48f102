package dev.tidings.adapters.operations;

import dev.tidings.application.ledger.Difference;
import dev.tidings.application.ledger.Sheet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What was seen at one moment; absent is what could not be seen, or isn't there. */
record Sample(
        Instant at,
        @Nullable List<LaneDepth> queue,
        @Nullable List<ProjectionLag> projections,
        @Nullable Duration standbyLag,
        @Nullable List<Sheet> ledger) {

    static Sample nothingYet(Instant now) {
        return new Sample(now, LaneDepth.allEmpty(), List.of(), null, null);
    }

    List<LaneDepth> knownQueue() {
        return queue == null ? List.of() : queue;
    }

    /** In all lanes; absent if it could not be seen. */
    OptionalLong waiting() {
        return queue == null
                ? OptionalLong.empty()
                : OptionalLong.of(queue.stream().mapToLong(LaneDepth::waiting).sum());
    }

    List<ProjectionLag> knownProjections() {
        return projections == null ? List.of() : projections;
    }

    List<Sheet> unbalanced() {
        return ledger == null
                ? List.of()
                : ledger.stream().filter(sheet -> !sheet.isBalanced()).toList();
    }

    /** Sum of all differences in the ledger; not a number while it isn't known. */
    double imbalance() {
        return ledger == null
                ? Double.NaN
                : ledger.stream()
                        .flatMap(sheet -> sheet.differences().stream())
                        .mapToLong(Difference::size)
                        .sum();
    }
}
