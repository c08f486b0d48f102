package dev.tidings.adapters.amqp;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** How a connection to the broker is made. */
final class Connections {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int ANSWER_MILLIS = 10_000;
    /** RabbitMQ's own bound. What comes is parked when it is longer than ours; a client that refused it would lose its connection to it, again and again. */
    private static final int LONGEST_BODY = 512 * 1024 * 1024;

    private Connections() {}

    static CachingConnectionFactory toConsume(BrokerSettings settings, String node, @Nullable SslBundles bundles)
            throws GeneralSecurityException {
        CachingConnectionFactory connections = named("tidings " + node + " consuming", settings, bundles);
        connections.setExecutor(new DirectExecutor());
        return connections;
    }

    static CachingConnectionFactory toPublish(BrokerSettings settings, String node, @Nullable SslBundles bundles)
            throws GeneralSecurityException {
        return named("tidings " + node + " publishing", settings, bundles);
    }

    private static CachingConnectionFactory named(String name, BrokerSettings settings, @Nullable SslBundles bundles)
            throws GeneralSecurityException {
        BrokerUrl url = settings.address();
        ConnectionFactory client = new ConnectionFactory();
        client.setHost(url.host());
        client.setPort(url.port());
        client.setUsername(url.username());
        client.setPassword(url.password());
        client.setVirtualHost(url.virtualHost());
        client.setAutomaticRecoveryEnabled(false);
        client.setConnectionTimeout(CONNECT_MILLIS);
        client.setHandshakeTimeout(CONNECT_MILLIS);
        client.setChannelRpcTimeout(ANSWER_MILLIS);
        client.setRequestedHeartbeat(20);
        client.setMaxInboundMessageBodySize(LONGEST_BODY);
        if (url.tls()) {
            client.useSslProtocol(trusting(settings, url, bundles));
            client.enableHostnameVerification();
        }
        CachingConnectionFactory connections = new CachingConnectionFactory(client);
        connections.setConnectionNameStrategy(_ -> name);
        connections.setCloseTimeout(ANSWER_MILLIS);
        return connections;
    }

    private static SSLContext trusting(BrokerSettings settings, BrokerUrl url, @Nullable SslBundles bundles)
            throws GeneralSecurityException {
        if (settings.sslBundle() != null) {
            return Objects.requireNonNull(bundles, "no SSL bundles")
                    .getBundle(settings.sslBundle())
                    .createSslContext();
        }
        return url.authorities().isPresent()
                ? SslBundle.of(authorities(url.authorities().get())).createSslContext()
                : SSLContext.getDefault();
    }

    private static PemSslStoreBundle authorities(Path file) {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("RABBITMQ_URL (tidings.broker.url): there is no readable file " + file
                    + ", which cacertfile names");
        }
        return new PemSslStoreBundle(
                null, PemSslStoreDetails.forCertificate(file.toUri().toString()));
    }

    /** Connects when there is no connection. The client's own, without Spring's cache of channels around it. */
    static Connection open(CachingConnectionFactory connections) {
        return Objects.requireNonNull(connections.createConnection().getDelegate(), "a connection of the client");
    }
}
