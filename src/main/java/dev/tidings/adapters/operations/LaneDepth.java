package dev.tidings.adapters.operations;

import dev.tidings.application.delivery.DeliveryQueue.Depth;
import dev.tidings.application.delivery.DeliveryQueue.Oldest;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.recipient.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What waits in one lane; {@code oldest}: for how long the one that was due first has been due, zero if none is yet. */
record LaneDepth(String channel, String lane, long waiting, Duration oldest) {

    /** Of every lane, the empty ones too. The count may be older than the oldest: who is seen to wait does. */
    static List<LaneDepth> all(List<Depth> depths, List<Oldest> oldest, Instant now) {
        List<LaneDepth> all = new ArrayList<>();
        for (Channel channel : Channel.values()) {
            for (Lane lane : Lane.values()) {
                long waiting = depths.stream()
                        .filter(depth -> depth.channel() == channel && depth.lane() == lane)
                        .mapToLong(Depth::waiting)
                        .sum();
                Optional<Duration> age = oldest.stream()
                        .filter(each -> each.channel() == channel && each.lane() == lane)
                        .map(each -> Duration.between(each.dueAt(), now))
                        .findAny();
                all.add(new LaneDepth(
                        Meters.word(channel),
                        Meters.word(lane),
                        Math.max(waiting, age.isPresent() ? 1 : 0),
                        age.filter(Duration::isPositive).orElse(Duration.ZERO)));
            }
        }
        return all;
    }

    static List<LaneDepth> allEmpty() {
        return all(List.of(), List.of(), Instant.EPOCH);
    }

    boolean isOfSameLane(LaneDepth other) {
        return channel.equals(other.channel) && lane.equals(other.lane);
    }
}
