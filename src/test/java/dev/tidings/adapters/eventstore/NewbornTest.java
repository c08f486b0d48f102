package dev.tidings.adapters.eventstore;

import static dev.tidings.application.doubles.SampleEvents.REQUESTED;
import static dev.tidings.application.doubles.SampleEvents.REQUESTED_FOR_LATER;
import static dev.tidings.application.doubles.SampleEvents.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.domain.notification.NotificationEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.Test;

class NewbornTest {

    private static final int MOST = 4_096;

    private final Newborn newborn = new Newborn();

    @Test
    void what_was_accepted_to_be_sent_at_once_is_found_once() {
        DomainEventMessage<?> event = message("a", 0, REQUESTED);
        newborn.add(List.of(event));

        assertThat(newborn.take(Set.of("a", "b"))).containsOnlyKeys("a").containsValue(List.of(event));
        assertThat(newborn.take(Set.of("a"))).isEmpty();
    }

    @Test
    void what_waits_for_its_time_takes_no_room() {
        newborn.add(List.of(message("a", 0, REQUESTED_FOR_LATER)));

        assertThat(newborn.take(Set.of("a"))).isEmpty();
    }

    @Test
    void what_has_a_second_event_is_read_from_the_log() {
        newborn.add(List.of(message("a", 0, REQUESTED), message("a", 1, SCHEDULED)));

        assertThat(newborn.take(Set.of("a"))).isEmpty();
    }

    @Test
    void the_oldest_make_room() {
        newborn.add(IntStream.rangeClosed(0, MOST)
                .mapToObj(i -> message("n" + i, 0, REQUESTED))
                .toList());

        assertThat(newborn.take(Set.of("n0"))).isEmpty();
        assertThat(newborn.take(Set.of("n1", "n" + MOST))).hasSize(2);
    }

    private static DomainEventMessage<?> message(String id, long sequence, NotificationEvent event) {
        return new GenericDomainEventMessage<>("NotificationRequest", id, sequence, event);
    }
}
