package dev.tidings.adapters.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.application.delivery.DeliveryQueue.Depth;
import dev.tidings.application.delivery.DeliveryQueue.Oldest;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.recipient.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SamplerTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Scripted parts = new Scripted();
    private final Sampler sampler =
            new Sampler(() -> NOW, Optional.of(parts.queue()), Optional.empty(), Optional.empty(), Optional.empty());

    @Test
    void while_it_is_counted_for_long_the_last_count_is_good_and_the_oldest_is_seen_anew() {
        parts.depths = List.of(new Depth(Channel.EMAIL, Lane.HIGH, 3));
        sampler.take();
        parts.countingTakes = Duration.ofSeconds(6);
        parts.oldest = List.of(new Oldest(Channel.EMAIL, Lane.HIGH, NOW.minusSeconds(7)));

        await().untilAsserted(() -> {
            sampler.take();
            assertThat(parts.counts).hasValue(2);
        });

        assertThat(sampler.get().knownQueue()).contains(new LaneDepth("email", "high", 3, Duration.ofSeconds(7)));
    }

    @Test
    void what_takes_long_to_count_is_not_counted_all_the_time() {
        parts.countingTakes = Duration.ofMillis(200);

        for (int i = 0; i < 10; i++) {
            sampler.take();
        }

        assertThat(parts.counts).hasValue(1);
    }

    @Test
    void counting_what_waits_rests_for_half_a_minute_at_most() {
        assertThat(Sampler.untilWaitingIsCountedAgain(Duration.ofMillis(100))).isEqualTo(Duration.ofSeconds(5));
        assertThat(Sampler.untilWaitingIsCountedAgain(Duration.ofSeconds(60))).isEqualTo(Duration.ofSeconds(30));
    }
}
