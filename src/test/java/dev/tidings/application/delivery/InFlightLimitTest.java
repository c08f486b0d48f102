package dev.tidings.application.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.doubles.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InFlightLimitTest {

    private static final int LEAST = 100;
    private static final int MOST = 1_000;

    private final SettableClock clock = new SettableClock();
    private final InFlightLimit limit =
            new InFlightLimit(new DeliverySettings(LEAST, MOST, Duration.ofSeconds(60), Duration.ofSeconds(1)), clock);

    @Test
    void it_begins_with_the_least() {
        assertThat(limit.now()).isEqualTo(LEAST);
    }

    @Test
    void it_is_what_was_sent_in_half_a_second() {
        send(120);
        assertThat(after(100)).isEqualTo(600);

        send(120);
        assertThat(after(200)).as("what was sent at half the pace").isEqualTo((int) (600 * 0.9 * 0.9));
    }

    @Test
    void what_is_sent_in_a_moment_does_not_change_it_yet() {
        send(120);

        assertThat(after(99)).isEqualTo(LEAST);
    }

    @Test
    void it_has_a_least_and_a_most() {
        send(1);
        assertThat(after(100)).isEqualTo(LEAST);

        send(100_000);
        assertThat(after(100)).isEqualTo(MOST);
    }

    @Test
    void a_pause_is_forgiven_for_a_while_and_then_it_begins_anew() {
        send(100_000);
        assertThat(after(100)).isEqualTo(MOST);

        assertThat(after(100)).isEqualTo(900);
        assertThat(after(10_000)).isEqualTo(LEAST);
    }

    private void send(int notifications) {
        for (int i = 0; i < notifications; i++) {
            limit.settled();
        }
    }

    private int after(int millis) {
        clock.advance(Duration.ofMillis(millis));
        return limit.now();
    }
}
