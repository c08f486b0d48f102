package dev.tidings.adapters.amqp;

import dev.tidings.adapters.amqp.BrokerSettings.QueueType;
import dev.tidings.application.acceptance.ComposeNotifications;
import dev.tidings.application.acceptance.Intake;
import dev.tidings.application.acceptance.SourceMessages.SourceMessage;
import dev.tidings.application.commit.Outages;
import dev.tidings.application.doubles.PlainNumbers;
import dev.tidings.application.events.UserEvent;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.category.NotificationType;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.util.unit.DataSize;

/** The adapter, wired by hand around an intake of the test's. */
final class TestAdapter implements AutoCloseable {

    private static final CompletableFuture<?> DONE = CompletableFuture.completedFuture(null);

    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    /** What the tests throw to say that the database is down. */
    static final class DatabaseDown extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** What follows from a user event. */
    interface Events {

        CompletableFuture<?> on(UserEvent event, @Nullable SourceMessage source, RequestContext context);
    }

    /** What follows from a delivery request. */
    interface Requests {

        CompletableFuture<?> on(ComposeNotifications.Request request);
    }

    final Intake intake = new Intake(1_000, InstantSource.system());
    final MeterRegistry meters = new SimpleMeterRegistry();
    final Topology topology;
    final CachingConnectionFactory consuming;
    final CachingConnectionFactory publishing;
    final ConfirmedPublisher publisher;
    final QueueListener listener;
    private final QueueListener requestsListener;
    final RabbitHealth health;
    final RabbitParkedMessages parked;

    TestAdapter(String url, Events events) {
        this(url, events, DatabaseDown.class::isInstance);
    }

    TestAdapter(String url, int prefetch, Events events) {
        this(settings(url, prefetch), events, _ -> DONE, DatabaseDown.class::isInstance);
    }

    TestAdapter(String url, Events events, Outages outages) {
        this(settings(url, 500), events, _ -> DONE, outages);
    }

    TestAdapter(String url, Requests requests) {
        this(settings(url, 500), (_, _, _) -> DONE, requests, DatabaseDown.class::isInstance);
    }

    private static BrokerSettings settings(String url, int prefetch) {
        return new BrokerSettings(url, prefetch, DataSize.ofMegabytes(1), QueueType.AUTO, "general", null);
    }

    private TestAdapter(BrokerSettings settings, Events events, Requests requests, Outages outages) {
        try {
            topology = new Topology(settings.queueType());
            consuming = Connections.toConsume(settings, "test", null);
            publishing = Connections.toPublish(settings, "test", null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        publisher = new ConfirmedPublisher(publishing, topology);
        MessageMeters counted = new MessageMeters(
                meters,
                Stream.concat(EventType.wireNames().stream(), Stream.of(IncomingRequest.KIND))
                        .toList());
        MessageHandling<IncomingEvent> eventHandling = new MessageHandling<>(
                new EventEnvelope(settings.maxBody())::open,
                (incoming, context) -> events.on(incoming.event(), incoming.source(), context),
                outages,
                new Parking(publisher, Topology.GENERAL_QUEUE, InstantSource.fixed(NOW)),
                new MessageTraces(null, null, Topology.GENERAL_QUEUE),
                counted);
        MessageHandling<IncomingRequest> requestHandling = new MessageHandling<>(
                new DeliveryRequestForm(
                        settings.maxBody(), new NotificationType(settings.requestType()), new PlainNumbers())::open,
                (incoming, context) -> requests.on(incoming.in(context)),
                outages,
                new Parking(publisher, Topology.REQUESTS_QUEUE, InstantSource.fixed(NOW)),
                new MessageTraces(null, null, Topology.REQUESTS_QUEUE),
                counted);
        listener = new QueueListener(consuming, settings, topology, Topology.GENERAL_QUEUE, eventHandling, intake);
        requestsListener =
                new QueueListener(consuming, settings, topology, Topology.REQUESTS_QUEUE, requestHandling, intake);
        parked = new RabbitParkedMessages(consuming, topology, publisher, InstantSource.fixed(NOW));
        health = new RabbitHealth(List.of(listener), consuming, List.of(publisher));
    }

    TestAdapter started() {
        listener.start();
        return this;
    }

    TestAdapter takingRequests() {
        requestsListener.start();
        return this;
    }

    /** As a node that is cut off: nothing is acknowledged any more. */
    void loseConnections() throws IOException {
        Connections.open(consuming).abort(0);
    }

    @Override
    public void close() {
        listener.stop();
        requestsListener.stop();
        publisher.close();
        consuming.destroy();
        publishing.destroy();
    }
}
