package dev.tidings.adapters.operations;

import dev.tidings.application.delivery.DeliveryQueue.Depth;
import java.time.Duration;
import java.time.Instant;

/** What waits in one lane; {@code oldest}: for how long the one that was due first has been due, zero if none is yet. */
record LaneDepth(String channel, String lane, long waiting, Duration oldest) {

    static LaneDepth of(Depth depth, Instant now) {
        Duration overdue = Duration.between(depth.oldestDue(), now);
        return new LaneDepth(
                Meters.word(depth.channel()),
                Meters.word(depth.lane()),
                depth.waiting(),
                overdue.isNegative() ? Duration.ZERO : overdue);
    }
}
