package dev.tidings.adapters.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.adapters.eventstore.Follower.Pace;
import dev.tidings.adapters.eventstore.LogReader.Stretch;
import dev.tidings.adapters.eventstore.PositionsInTheLog.Position;
import dev.tidings.application.commit.LogProcessor.Logged;
import dev.tidings.application.doubles.InMemoryTokens;
import dev.tidings.application.doubles.InMemoryTransactions;
import dev.tidings.application.doubles.Outage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PositionsInTheLogTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMillis(10);

    private final EventStorageEngine log = new InMemoryEventStorageEngine();
    private final InMemoryTransactions transactions = new InMemoryTransactions();
    private final InMemoryTokens tokens = new InMemoryTokens(InstantSource.system(), transactions);
    private final AtomicBoolean broken = new AtomicBoolean();
    private final ScriptedProcessor views = ScriptedProcessor.inside("views").doing(_ -> {
        if (broken.get()) {
            throw new Outage();
        }
    });
    private final Follower follower = new Follower(
            views, this::after, tokens.of("one"), transactions, () -> null, new Pace(SOON, SOON, SOON, SOON, SOON));
    private final PositionsInTheLog positions = new PositionsInTheLog(log, this::storedAndNotElsewhere);

    @BeforeEach
    void processOne() {
        follower.start();
        publish("first");
        await().until(() -> tokens.stored() == 1);
    }

    @AfterEach
    void stop() {
        follower.stop();
    }

    @Test
    void a_processor_that_has_processed_everything_is_not_behind_however_long_ago_that_was() {
        assertThat(anHourFromNow()).containsOnly(Map.entry("views", Duration.ZERO));
    }

    @Test
    void a_processor_that_fails_is_behind_by_the_age_of_what_it_has_not_processed() {
        broken.set(true);
        publish("second");

        await().until(() -> views.calls() > 2);
        await("while it waits to try again")
                .untilAsserted(() -> assertThat(anHourFromNow())
                        .hasEntrySatisfying("views", lag -> assertThat(lag).isBetween(HOUR, HOUR.plusMinutes(1))));

        broken.set(false);
        await().untilAsserted(() -> assertThat(anHourFromNow()).containsOnly(Map.entry("views", Duration.ZERO)));
    }

    @Test
    void what_another_node_has_taken_over_is_no_concern_of_this_one() {
        assertThat(anHourFromNow()).containsOnlyKeys("views");

        follower.stop();
        await().until(() -> tokens.owner("views").isEmpty());
        assertThat(anHourFromNow()).as("nobody's").containsOnlyKeys("views");
        tokens.of("two").fetchToken("views", 0);

        assertThat(anHourFromNow()).isEmpty();
    }

    private List<Position> storedAndNotElsewhere() {
        return tokens.owner("views").filter(owner -> !owner.equals("one")).isPresent()
                ? List.of()
                : List.of(new Position("views", tokens.token("views").orElse(null)));
    }

    private Optional<Stretch> after(@Nullable TrackingToken position) {
        List<Logged> events = new ArrayList<>();
        TrackingToken end = null;
        for (TrackedEventMessage<?> event : log.readEvents(position, false).toList()) {
            events.add(new Logged(event.getIdentifier(), event.getPayload(), 0, event.getMetaData()));
            end = event.trackingToken();
        }
        return Optional.ofNullable(end).map(reached -> new Stretch(events, reached, false));
    }

    private Map<String, Duration> anHourFromNow() {
        return positions.at(Instant.now().plus(HOUR));
    }

    private void publish(String event) {
        log.appendEvents(GenericEventMessage.asEventMessage(event));
    }
}
