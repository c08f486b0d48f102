package dev.tidings.acceptance;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Another service: publishes its events with a plain client, and listens to what Tidings announces. */
final class Listener implements AutoCloseable {

    private static final String EVENTS = "notification.events";
    private static final String PARKED = "notifications.queue.dlq";

    private final JsonMapper json = new JsonMapper();
    private final Connection connection;
    private final Channel channel;
    private final ConcurrentLinkedQueue<Heard> heard = new ConcurrentLinkedQueue<>();

    record Heard(String key, BasicProperties properties, JsonNode body) {}

    Listener(String url) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(url);
        connection = factory.newConnection("acceptance");
        channel = connection.createChannel();
        channel.confirmSelect();
        String queue = channel.queueDeclare().getQueue();
        channel.queueBind(queue, EVENTS, "notification.#");
        channel.basicConsume(
                queue,
                true,
                (_, delivery) -> heard.add(new Heard(
                        delivery.getEnvelope().getRoutingKey(),
                        delivery.getProperties(),
                        json.readTree(delivery.getBody()))),
                _ -> {});
    }

    /** Returns when the broker has it. */
    void publish(String key, Map<String, ?> event) throws Exception {
        publish(key, json.writeValueAsBytes(event), Map.of());
    }

    void publish(String key, byte[] body, Map<String, Object> headers) throws Exception {
        channel.basicPublish(
                EVENTS,
                key,
                new BasicProperties.Builder().deliveryMode(2).headers(headers).build(),
                body);
        channel.waitForConfirmsOrDie(30_000);
    }

    List<Heard> heardOf(String notificationId) {
        return heard.stream()
                .filter(each -> each.body.path("notification_id").asString("").equals(notificationId))
                .toList();
    }

    List<Heard> heardOfUser(String userid) {
        return heard.stream()
                .filter(each -> each.body.path("userid").asString("").equals(userid))
                .toList();
    }

    /** Takes everything that is parked now. */
    List<Parked> takeParked() throws IOException {
        List<Parked> parked = new ArrayList<>();
        for (GetResponse next = channel.basicGet(PARKED, true); next != null; next = channel.basicGet(PARKED, true)) {
            parked.add(new Parked(
                    String.valueOf(next.getProps().getHeaders().get("x-tidings-reason")), next.getBody().length));
        }
        return parked;
    }

    record Parked(String reason, int size) {}

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
