package dev.tidings.chaos;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.json.JsonMapper;

/** Another service, which listens to what becomes of notifications, however often the broker goes away. */
final class Announced implements AutoCloseable {

    private static final String QUEUE = "chaos.announced";
    private static final int AT_A_TIME = 500;

    private final JsonMapper json = new JsonMapper();
    private final ConnectionFactory factory = new ConnectionFactory();
    private final Set<String> sentOrFailed = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Announced(String url) throws Exception {
        factory.setUri(url);
        factory.setAutomaticRecoveryEnabled(false);
        Thread.ofVirtual().name("announced").start(this::listen);
    }

    void declare(Connection connection) throws IOException, TimeoutException {
        try (Channel channel = connection.createChannel()) {
            channel.queueDeclare(QUEUE, true, false, false, null);
            channel.queueBind(QUEUE, "notification.events", "notification.sent");
            channel.queueBind(QUEUE, "notification.events", "notification.failed");
        }
    }

    /** The ids of all notifications of which it was announced. */
    Set<String> sentOrFailed() {
        return sentOrFailed;
    }

    private void listen() {
        while (!closed) {
            try (Connection connection = factory.newConnection("chaos listening");
                    Channel channel = connection.createChannel()) {
                channel.basicQos(AT_A_TIME);
                channel.basicConsume(QUEUE, false, (_, delivery) -> hear(channel, delivery), _ -> {});
                while (!closed && channel.isOpen()) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
                }
            } catch (IOException | TimeoutException | ShutdownSignalException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
            }
        }
    }

    private void hear(Channel channel, Delivery delivery) throws IOException {
        sentOrFailed.add(
                json.readTree(delivery.getBody()).path("notification_id").asString());
        channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
    }

    @Override
    public void close() {
        closed = true;
    }
}
