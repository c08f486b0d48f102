package dev.tidings.adapters.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.delivery.DeliveryQueue.Depth;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.recipient.Channel;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LaneDepthTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void age_counts_from_when_it_was_due() {
        Depth late = new Depth(Channel.EMAIL, Lane.HIGH, 3, NOW.minusSeconds(7));

        assertThat(LaneDepth.of(late, NOW)).isEqualTo(new LaneDepth("email", "high", 3, Duration.ofSeconds(7)));
    }

    @Test
    void what_is_due_later_or_held_does_not_age() {
        Depth later = new Depth(Channel.EMAIL, Lane.HIGH, 3, NOW.plusSeconds(7));
        Depth held = new Depth(Channel.EMAIL, Lane.HIGH, 3, null);

        assertThat(LaneDepth.of(later, NOW).oldest()).isZero();
        assertThat(LaneDepth.of(held, NOW).oldest()).isZero();
    }
}
