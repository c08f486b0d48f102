package dev.tidings.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.doubles.TidingsInMemory;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** {@code -Dsimulation.seed=…} replays one; {@code -Dsimulation.seconds=…} goes on for longer. */
class SimulationTest {

    private static final TidingsInMemory PORTS = new TidingsInMemory();
    private static final int FEWEST = 300;
    private static final int MOST = 3_000;

    @AfterAll
    static void close() {
        PORTS.close();
    }

    @Test
    void whatever_fails_nothing_is_lost_doubled_in_silence_or_sent_against_an_order() {
        Long only = Long.getLong("simulation.seed");
        if (only != null) {
            new Simulation(only, PORTS).run();
            return;
        }
        Integer seconds = Integer.getInteger("simulation.seconds");
        long end = System.nanoTime()
                + Duration.ofSeconds(seconds == null ? 30 : seconds).toNanos();
        long seed = 0;
        while (seed < FEWEST || (System.nanoTime() < end && (seconds != null || seed < MOST))) {
            new Simulation(seed, PORTS).run();
            seed++;
        }
        assertThat(seed).isGreaterThanOrEqualTo(FEWEST);
    }
}
