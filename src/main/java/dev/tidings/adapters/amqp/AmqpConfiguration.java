package dev.tidings.adapters.amqp;

import dev.tidings.application.announcements.Announcements;
import dev.tidings.application.commit.Outages;
import dev.tidings.application.events.BrokerHealth;
import dev.tidings.application.events.WhenUserEventThenNotify;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
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
    EventHandling eventHandling(
            BrokerSettings settings,
            WhenUserEventThenNotify policy,
            Outages outages,
            @Qualifier("parkingPublisher") ConfirmedPublisher publisher,
            InstantSource clock,
            ObjectProvider<Tracer> tracer,
            ObjectProvider<Propagator> propagator,
            MeterRegistry meters) {
        return new EventHandling(
                new EventEnvelope(settings.maxBody()),
                policy::on,
                outages,
                new Parking(publisher, Topology.GENERAL_QUEUE, clock),
                new EventTraces(tracer.getIfAvailable(), propagator.getIfAvailable()),
                new EventMeters(meters));
    }

    @Bean
    UserEventsListener userEventsListener(
            @Qualifier("consumingConnections") CachingConnectionFactory connections,
            BrokerSettings settings,
            Topology topology,
            EventHandling handling) {
        return new UserEventsListener(connections, settings, topology, handling);
    }

    @Bean
    BrokerHealth brokerHealth(
            UserEventsListener listener,
            @Qualifier("consumingConnections") CachingConnectionFactory connections,
            List<ConfirmedPublisher> publishers) {
        return new RabbitHealth(listener, connections, publishers);
    }
}
