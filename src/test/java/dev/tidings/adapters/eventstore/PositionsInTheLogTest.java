package dev.tidings.adapters.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.adapters.eventstore.PositionsInTheLog.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PositionsInTheLogTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final EventStorageEngine log = new InMemoryEventStorageEngine();
    private final TokenStore tokens = new InMemoryTokenStore();
    private final AtomicBoolean elsewhere = new AtomicBoolean();
    private final Views views = new Views();
    private final Configuration axon = axon();
    private final PositionsInTheLog positions =
            new PositionsInTheLog(axon.eventProcessingConfiguration(), log, this::stored);

    static class Views {
        final AtomicInteger handled = new AtomicInteger();
        final AtomicBoolean broken = new AtomicBoolean();

        @EventHandler
        void on(String event) {
            if (broken.get()) {
                throw new IllegalStateException("not now");
            }
            handled.incrementAndGet();
        }
    }

    private Configuration axon() {
        Configurer configurer = DefaultConfigurer.defaultConfiguration().configureEmbeddedEventStore(_ -> log);
        configurer
                .eventProcessing()
                .registerTokenStore(_ -> tokens)
                .registerDefaultListenerInvocationErrorHandler(_ -> PropagatingErrorHandler.instance())
                .byDefaultAssignTo("views")
                .registerEventHandler(_ -> views)
                .registerPooledStreamingEventProcessor(
                        "views", Configuration::eventStore, (_, builder) -> builder.initialSegmentCount(1));
        return configurer.buildConfiguration();
    }

    @BeforeEach
    void handleOne() {
        axon.start();
        publish("first");
        await().until(() -> views.handled.get() == 1);
    }

    @AfterEach
    void stop() {
        axon.shutdown();
    }

    @Test
    void a_processor_that_has_handled_everything_is_not_behind_however_long_ago_that_was() {
        await().untilAsserted(() -> assertThat(anHourFromNow()).containsOnly(Map.entry("views", Duration.ZERO)));
    }

    @Test
    void a_processor_that_fails_is_behind_by_the_age_of_what_it_has_not_handled() {
        views.broken.set(true);
        publish("second");

        await().until(this::nobodyIsAtWork);
        assertThat(anHourFromNow())
                .as("while it waits to try again")
                .hasEntrySatisfying("views", lag -> assertThat(lag).isBetween(HOUR, HOUR.plusMinutes(1)));

        views.broken.set(false);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(anHourFromNow()).containsOnly(Map.entry("views", Duration.ZERO)));
    }

    private boolean nobodyIsAtWork() {
        return axon.eventProcessingConfiguration().eventProcessors().values().stream()
                .map(StreamingEventProcessor.class::cast)
                .allMatch(processor -> processor.processingStatus().isEmpty());
    }

    @Test
    void what_another_node_has_taken_over_is_no_concern_of_this_one_though_it_remembers_it() {
        assertThat(anHourFromNow()).containsOnlyKeys("views");

        elsewhere.set(true);

        assertThat(anHourFromNow()).isEmpty();
    }

    /** This store doesn't tell who has claimed what. */
    private List<Position> stored() {
        return elsewhere.get()
                ? List.of()
                : List.of(new Position("views", tokens.fetchToken("views", 0), !nobodyIsAtWork()));
    }

    private Map<String, Duration> anHourFromNow() {
        return positions.at(Instant.now().plus(HOUR));
    }

    private void publish(String event) {
        axon.eventStore().publish(GenericEventMessage.asEventMessage(event));
    }
}
