package dev.tidings.adapters.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.delivery.DeliveryQueue.Depth;
import dev.tidings.application.delivery.DeliveryQueue.Oldest;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.recipient.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneDepthTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void every_lane_is_told_the_empty_ones_too() {
        assertThat(LaneDepth.allEmpty())
                .hasSize(Channel.values().length * Lane.values().length)
                .allMatch(lane -> lane.waiting() == 0 && lane.oldest().isZero());
    }

    @Test
    void age_counts_from_when_it_was_due() {
        assertThat(high(3, NOW.minusSeconds(7))).isEqualTo(new LaneDepth("email", "high", 3, Duration.ofSeconds(7)));
    }

    @Test
    void what_is_due_later_does_not_age() {
        assertThat(high(3, NOW.plusSeconds(7))).isEqualTo(new LaneDepth("email", "high", 3, Duration.ZERO));
    }

    @Test
    void who_has_come_after_the_count_waits_too() {
        assertThat(high(0, NOW.minusSeconds(7))).isEqualTo(new LaneDepth("email", "high", 1, Duration.ofSeconds(7)));
    }

    private static LaneDepth high(long waiting, Instant oldest) {
        return LaneDepth.all(
                        List.of(new Depth(Channel.EMAIL, Lane.HIGH, waiting), new Depth(Channel.SMS, Lane.HIGH, 9)),
                        List.of(
                                new Oldest(Channel.EMAIL, Lane.HIGH, oldest),
                                new Oldest(Channel.EMAIL, Lane.LOW, NOW.minusSeconds(90))),
                        NOW)
                .stream()
                .filter(lane -> lane.channel().equals("email") && lane.lane().equals("high"))
                .findAny()
                .orElseThrow();
    }
}
