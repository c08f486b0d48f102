package dev.tidings.adapters.operations;

import dev.tidings.application.delivery.DeliveryQueue.Depth;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.recipient.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What waits in one lane; {@code oldest}: for how long the one that was due first has been due, zero if none is yet. */
record LaneDepth(String channel, String lane, long waiting, Duration oldest) {

    static LaneDepth of(Depth depth, Instant now) {
        Instant due = depth.oldestDue();
        return new LaneDepth(
                Meters.word(depth.channel()),
                Meters.word(depth.lane()),
                depth.waiting(),
                due == null || due.isAfter(now) ? Duration.ZERO : Duration.between(due, now));
    }

    static List<LaneDepth> allEmpty() {
        List<LaneDepth> all = new ArrayList<>();
        for (Channel channel : Channel.values()) {
            for (Lane lane : Lane.values()) {
                all.add(new LaneDepth(Meters.word(channel), Meters.word(lane), 0, Duration.ZERO));
            }
        }
        return all;
    }

    boolean isOfSameLane(LaneDepth other) {
        return channel.equals(other.channel) && lane.equals(other.lane);
    }
}
