package dev.tidings.adapters.amqp;

import dev.tidings.adapters.amqp.BrokerSettings.QueueType;
import dev.tidings.adapters.amqp.EventHandling.Intake;
import dev.tidings.application.commit.Outages;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.util.unit.DataSize;

/** The adapter, wired by hand around an intake of the test's. */
final class TestAdapter implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    /** What the tests throw to say that the database is down. */
    static final class DatabaseDown extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    final MeterRegistry meters = new SimpleMeterRegistry();
    final Topology topology;
    final CachingConnectionFactory consuming;
    final CachingConnectionFactory publishing;
    final ConfirmedPublisher publisher;
    final UserEventsListener listener;
    final RabbitHealth health;

    TestAdapter(String url, Intake intake) {
        this(url, intake, DatabaseDown.class::isInstance);
    }

    TestAdapter(String url, int prefetch, Intake intake) {
        this(settings(url, prefetch), intake, DatabaseDown.class::isInstance);
    }

    TestAdapter(String url, Intake intake, Outages outages) {
        this(settings(url, 500), intake, outages);
    }

    private static BrokerSettings settings(String url, int prefetch) {
        return new BrokerSettings(url, prefetch, DataSize.ofMegabytes(1), QueueType.AUTO, null);
    }

    private TestAdapter(BrokerSettings settings, Intake intake, Outages outages) {
        try {
            topology = new Topology(settings.queueType());
            consuming = Connections.toConsume(settings, "test", null);
            publishing = Connections.toPublish(settings, "test", null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        publisher = new ConfirmedPublisher(publishing, topology);
        EventHandling handling = new EventHandling(
                new EventEnvelope(settings.maxBody()),
                intake,
                outages,
                new Parking(publisher, Topology.GENERAL_QUEUE, InstantSource.fixed(NOW)),
                new EventTraces(null, null),
                new EventMeters(meters));
        listener = new UserEventsListener(consuming, settings, topology, handling);
        health = new RabbitHealth(listener, consuming, List.of(publisher));
    }

    TestAdapter started() {
        listener.start();
        return this;
    }

    /** As a node that is cut off: nothing is acknowledged any more. */
    void loseConnections() throws IOException {
        Connections.open(consuming).abort(0);
    }

    @Override
    public void close() {
        listener.stop();
        publisher.close();
        consuming.destroy();
        publishing.destroy();
    }
}
