package dev.tidings.adapters.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.tidings.adapters.amqp.BrokerSettings.QueueType;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exchanges and queues, declared anew on each connection. What is there already in another shape is used as it is:
 * somebody's messages are in it.
 */
final class Topology {

    static final String EVENTS = "notification.events";
    static final String GENERAL_QUEUE = "general_queue";
    static final String REQUESTS = "notifications.exchange";
    static final String REQUESTS_QUEUE = "notifications.queue";
    static final String REQUESTS_KEY = "notifications.key";
    static final String PARKING = "notifications.exchange.dlx";
    static final String PARKED = "notifications.queue.dlq";

    private static final Logger log = LoggerFactory.getLogger(Topology.class);

    private final QueueType queueType;
    private final Set<String> takenAsItIs = ConcurrentHashMap.newKeySet();

    Topology(QueueType queueType) {
        this.queueType = queueType;
    }

    void declare(Connection connection) throws IOException {
        Map<String, Object> arguments = queueArguments(queueType, connection.getServerProperties());
        exchange(connection, EVENTS, "topic");
        queue(connection, GENERAL_QUEUE, arguments);
        bind(connection, GENERAL_QUEUE, EVENTS, "user.#");
        exchange(connection, REQUESTS, "direct");
        queue(connection, REQUESTS_QUEUE, arguments);
        bind(connection, REQUESTS_QUEUE, REQUESTS, REQUESTS_KEY);
        exchange(connection, PARKING, "fanout");
        queue(connection, PARKED, arguments);
        bind(connection, PARKED, PARKING, "");
    }

    /**
     * Since RabbitMQ 4.0 a quorum queue drops what was delivered 20 times, so we say "no limit": a message that is
     * given back when a node ends did nothing wrong. An older one would take -1 for 0.
     */
    static Map<String, Object> queueArguments(QueueType type, Map<String, Object> server) {
        boolean rabbit = "RabbitMQ".equals(String.valueOf(server.get("product")));
        if (type == QueueType.CLASSIC || (type == QueueType.AUTO && !rabbit)) {
            return Map.of();
        }
        String version = String.valueOf(server.get("version"));
        return rabbit && !version.matches("[0-3]\\..*")
                ? Map.of("x-queue-type", "quorum", "x-delivery-limit", -1)
                : Map.of("x-queue-type", "quorum");
    }

    private void exchange(Connection connection, String name, String type) throws IOException {
        declare(
                connection,
                "exchange " + name,
                channel -> channel.exchangeDeclare(name, type, true),
                channel -> channel.exchangeDeclarePassive(name));
    }

    private void queue(Connection connection, String name, Map<String, Object> arguments) throws IOException {
        declare(
                connection,
                "queue " + name,
                channel -> channel.queueDeclare(name, true, false, false, arguments),
                channel -> channel.queueDeclarePassive(name));
    }

    private static void bind(Connection connection, String queue, String exchange, String key) throws IOException {
        onItsOwnChannel(connection, channel -> channel.queueBind(queue, exchange, key));
    }

    /** Qpid closes the whole connection on what it doesn't like; the next one then finds it in {@code takenAsItIs}. */
    private void declare(Connection connection, String what, Declaration declaration, Declaration check)
            throws IOException {
        if (!takenAsItIs.contains(what)) {
            try {
                onItsOwnChannel(connection, declaration);
                return;
            } catch (IOException e) {
                String refusal = refusal(e);
                if (refusal == null) {
                    throw e;
                }
                takenAsItIs.add(what);
                log.warn("The {} is not what Tidings would declare, and is used as it is: {}", what, refusal);
            }
        }
        try {
            onItsOwnChannel(connection, check);
        } catch (IOException e) {
            takenAsItIs.remove(what);
            throw e;
        }
    }

    private static void onItsOwnChannel(Connection connection, Declaration declaration) throws IOException {
        try (Channel channel = connection.createChannel()) {
            declaration.on(channel);
        } catch (TimeoutException e) {
            throw new IOException(e);
        }
    }

    private static @Nullable String refusal(IOException thrown) {
        if (!(thrown.getCause() instanceof ShutdownSignalException signal)) {
            return null;
        }
        return switch (signal.getReason()) {
            case AMQP.Channel.Close close -> close.getReplyText();
            case AMQP.Connection.Close close
            when close.getReplyCode() != AMQP.CONNECTION_FORCED -> close.getReplyText();
            case null, default -> null;
        };
    }

    private interface Declaration {
        void on(Channel channel) throws IOException;
    }
}
