package dev.tidings.adapters.amqp;

import dev.tidings.application.acceptance.AcceptNotifications;
import dev.tidings.application.acceptance.ComposeNotifications;
import dev.tidings.application.acceptance.Intake;
import dev.tidings.application.announcements.Announcements;
import dev.tidings.application.commit.Outages;
import dev.tidings.application.contact.PhoneNumbers;
import dev.tidings.application.events.BrokerHealth;
import dev.tidings.application.events.WhenUserEventThenNotify;
import dev.tidings.application.parking.ParkedMessages;
import dev.tidings.domain.category.NotificationType;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Two connections: one that the broker blocks, because it is short of memory, must not stop what is consumed. */
@Configuration(proxyBeanMethods = false)
class AmqpConfiguration {

    @Bean
    @Primary
    CachingConnectionFactory publishingConnections(
            BrokerSettings settings, @Value("${tidings.node:}") String node, ObjectProvider<SslBundles> bundles)
            throws GeneralSecurityException, UnknownHostException {
        return Connections.toPublish(settings, named(node), bundles.getIfAvailable());
    }

    @Bean
    CachingConnectionFactory consumingConnections(
            BrokerSettings settings, @Value("${tidings.node:}") String node, ObjectProvider<SslBundles> bundles)
            throws GeneralSecurityException, UnknownHostException {
        return Connections.toConsume(settings, named(node), bundles.getIfAvailable());
    }

    private static String named(String node) throws UnknownHostException {
        return node.isBlank() ? InetAddress.getLocalHost().getHostName() : node;
    }

    @Bean
    Topology topology(BrokerSettings settings) {
        return new Topology(settings.queueType());
    }

    @Bean
    ConfirmedPublisher announcingPublisher(
            @Qualifier("publishingConnections") CachingConnectionFactory connections, Topology topology) {
        return new ConfirmedPublisher(connections, topology);
    }

    @Bean
    ConfirmedPublisher parkingPublisher(
            @Qualifier("publishingConnections") CachingConnectionFactory connections, Topology topology) {
        return new ConfirmedPublisher(connections, topology);
    }

    @Bean
    Announcements announcements(@Qualifier("announcingPublisher") ConfirmedPublisher publisher) {
        return new RabbitAnnouncements(publisher);
    }

    @Bean
    MessageMeters messageMeters(MeterRegistry registry) {
        List<String> kinds = new ArrayList<>(EventType.wireNames());
        kinds.add(IncomingRequest.KIND);
        return new MessageMeters(registry, kinds);
    }

    @Bean
    MessageHandling<IncomingEvent> eventHandling(
            BrokerSettings settings,
            WhenUserEventThenNotify policy,
            Outages outages,
            @Qualifier("parkingPublisher") ConfirmedPublisher publisher,
            InstantSource clock,
            ObjectProvider<Tracer> tracer,
            ObjectProvider<Propagator> propagator,
            MessageMeters meters) {
        return new MessageHandling<>(
                new EventEnvelope(settings.maxBody())::open,
                (incoming, context) -> policy.on(incoming.event(), incoming.source(), context),
                outages,
                new Parking(publisher, Topology.GENERAL_QUEUE, clock),
                new MessageTraces(tracer.getIfAvailable(), propagator.getIfAvailable(), Topology.GENERAL_QUEUE),
                meters);
    }

    @Bean
    MessageHandling<IncomingRequest> requestHandling(
            BrokerSettings settings,
            ComposeNotifications compose,
            PhoneNumbers phones,
            AcceptNotifications accept,
            Outages outages,
            @Qualifier("parkingPublisher") ConfirmedPublisher publisher,
            InstantSource clock,
            ObjectProvider<Tracer> tracer,
            ObjectProvider<Propagator> propagator,
            MessageMeters meters) {
        return new MessageHandling<>(
                new DeliveryRequestForm(settings.maxBody(), new NotificationType(settings.requestType()), phones)::open,
                (incoming, context) -> accept.accept(compose.compose(incoming.in(context))),
                outages,
                new Parking(publisher, Topology.REQUESTS_QUEUE, clock),
                new MessageTraces(tracer.getIfAvailable(), propagator.getIfAvailable(), Topology.REQUESTS_QUEUE),
                meters);
    }

    @Bean
    ParkedMessages parkedMessages(
            @Qualifier("consumingConnections") CachingConnectionFactory connections,
            Topology topology,
            @Qualifier("parkingPublisher") ConfirmedPublisher publisher,
            InstantSource clock) {
        return new RabbitParkedMessages(connections, topology, publisher, clock);
    }

    @Bean
    QueueListener userEventsListener(
            @Qualifier("consumingConnections") CachingConnectionFactory connections,
            BrokerSettings settings,
            Topology topology,
            MessageHandling<IncomingEvent> handling,
            Intake intake) {
        return new QueueListener(connections, settings, topology, Topology.GENERAL_QUEUE, handling, intake);
    }

    @Bean
    QueueListener deliveryRequestsListener(
            @Qualifier("consumingConnections") CachingConnectionFactory connections,
            BrokerSettings settings,
            Topology topology,
            MessageHandling<IncomingRequest> handling,
            Intake intake) {
        return new QueueListener(connections, settings, topology, Topology.REQUESTS_QUEUE, handling, intake);
    }

    @Bean
    BrokerHealth brokerHealth(
            List<QueueListener> listeners,
            @Qualifier("consumingConnections") CachingConnectionFactory connections,
            List<ConfirmedPublisher> publishers) {
        return new RabbitHealth(listeners, connections, publishers);
    }
}
