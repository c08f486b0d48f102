package dev.tidings.adapters.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.adapters.eventstore.LogReader.Stretch;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.junit.jupiter.api.Test;

class SharedReadingTest {

    private final ScriptedLog log = new ScriptedLog(2);
    private final SharedReading shared = new SharedReading(log);

    @Test
    void two_at_the_same_position_read_once() {
        log.add("a", "b", "c");

        Optional<Stretch> first = shared.after(null);

        assertThat(shared.after(null)).isEqualTo(first);
        assertThat(log.readings()).isOne();
        assertThat(shared.after(first.orElseThrow().end()))
                .get()
                .satisfies(stretch -> assertThat(stretch.events()).hasSize(1));
        assertThat(log.readings()).isEqualTo(2);
    }

    @Test
    void that_there_was_nothing_is_not_remembered() {
        assertThat(shared.after(null)).isEmpty();

        log.add("a");

        assertThat(shared.after(null))
                .get()
                .satisfies(stretch -> assertThat(stretch.events()).hasSize(1));
    }

    @Test
    void whoever_misses_more_is_not_given_what_another_has_read() {
        log.at(1, "a");
        log.at(2, "b");
        log.at(3, "c");
        TrackingToken without = GapAwareTrackingToken.newInstance(2, List.of());
        TrackingToken missing = GapAwareTrackingToken.newInstance(2, Set.of(1L));

        assertThat(shared.after(without))
                .get()
                .satisfies(stretch -> assertThat(stretch.events()).hasSize(1));
        assertThat(shared.after(missing))
                .get()
                .satisfies(stretch -> assertThat(stretch.events()).hasSize(2));
    }
}
