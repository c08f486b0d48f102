package dev.tidings.adapters.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.MessageProperties;
import dev.tidings.adapters.amqp.ConfirmedPublisher.Outgoing;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Puts a message that can't be processed where people find it, as it came, with the reason. */
final class Parking {

    private static final int SECONDS_TO_CONFIRM = 10;
    private static final int LONGEST_REASON = 2_000;

    private final ConfirmedPublisher publisher;
    private final String queue;
    private final InstantSource clock;

    /** @param queue where the messages come from */
    Parking(ConfirmedPublisher publisher, String queue, InstantSource clock) {
        this.publisher = publisher;
        this.queue = queue;
        this.clock = clock;
    }

    /** Completes when the broker has it. */
    CompletableFuture<Void> park(Delivery delivery, Poison poison, int tries) {
        Map<String, Object> reason = reason(delivery, poison, tries);
        Map<String, Object> headers = new HashMap<>(given(delivery.getProperties()));
        headers.putAll(reason);
        return publish(delivery, headers)
                .exceptionallyCompose(thrown -> {
                    if (!(thrown instanceof HeadersTooLong)) {
                        return CompletableFuture.failedFuture(thrown);
                    }
                    reason.put("x-tidings-headers-dropped", true);
                    return publish(delivery, reason);
                })
                .orTimeout(SECONDS_TO_CONFIRM, TimeUnit.SECONDS);
    }

    private Map<String, Object> reason(Delivery delivery, Poison poison, int tries) {
        BasicProperties properties = delivery.getProperties();
        String problem = poison.problem();
        Map<String, Object> reason = new HashMap<>();
        reason.put(Headers.REASON, problem.substring(0, Math.min(problem.length(), LONGEST_REASON)));
        reason.put(Headers.REASON_CODE, poison.reason().code());
        reason.put(Headers.PARKED_ID, UUID.randomUUID().toString());
        reason.put(Headers.PARKED_AT, clock.instant().toString());
        reason.put(Headers.ORIGINAL_EXCHANGE, Headers.exchange(delivery));
        reason.put(Headers.ORIGINAL_ROUTING_KEY, Headers.routingKey(delivery));
        reason.put(Headers.ORIGINAL_QUEUE, queue);
        reason.put(Headers.ATTEMPTS, tries + Headers.number(properties, Headers.ATTEMPTS));
        if (properties.getExpiration() != null) {
            reason.put("x-tidings-original-expiration", properties.getExpiration());
        }
        if (properties.getUserId() != null) {
            reason.put("x-tidings-original-user-id", properties.getUserId());
        }
        return reason;
    }

    private static Map<String, Object> given(BasicProperties properties) {
        return properties.getHeaders() == null ? Map.of() : properties.getHeaders();
    }

    /**
     * The properties stay, but for two that would do harm: an expiry would make it vanish from where it is parked, and a
     * user id that isn't ours makes RabbitMQ refuse it.
     */
    private CompletableFuture<Void> publish(Delivery delivery, Map<String, Object> headers) {
        BasicProperties properties = delivery.getProperties()
                .builder()
                .headers(headers)
                .deliveryMode(MessageProperties.PERSISTENT_BASIC.getDeliveryMode())
                .expiration(null)
                .userId(null)
                .build();
        return publisher.publish(new Outgoing(
                Topology.PARKING, delivery.getEnvelope().getRoutingKey(), true, properties, delivery.getBody()));
    }
}
