package dev.tidings.application.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeliverySettingsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(3);

    @Test
    void the_smallest_that_work_are_taken() {
        assertThat(new DeliverySettings(1, 1, SHORTEST_LEASE, Duration.ofMillis(1)).inFlight())
                .isEqualTo(1);
    }

    @Test
    void what_could_never_deliver_is_refused_with_its_name() {
        assertRefused("in-flight", 0, 1, SHORTEST_LEASE, SECOND);
        assertRefused("most-in-flight", 2, 1, SHORTEST_LEASE, SECOND);
        assertRefused("lease", 1, 1, SHORTEST_LEASE.minusMillis(1), SECOND);
        assertRefused("poll", 1, 1, SHORTEST_LEASE, Duration.ZERO);
    }

    private static void assertRefused(String name, int inFlight, int mostInFlight, Duration lease, Duration poll) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeliverySettings(inFlight, mostInFlight, lease, poll))
                .withMessageStartingWith(name);
    }
}
