package dev.tidings.adapters.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.LongString;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is read of a message's properties and headers. */
final class Headers {

    static final String EVENT_TYPE = "event_type";
    static final String CORRELATION_ID = "x-correlation-id";
    static final String TRACEPARENT = "traceparent";

    static final String PREFIX = "x-tidings-";
    static final String ORIGINAL_EXCHANGE = PREFIX + "original-exchange";
    static final String ORIGINAL_ROUTING_KEY = PREFIX + "original-routing-key";
    static final String ORIGINAL_QUEUE = PREFIX + "original-queue";
    static final String REASON = PREFIX + "reason";
    static final String REASON_CODE = PREFIX + "reason-code";
    static final String PARKED_AT = PREFIX + "parked-at";
    static final String PARKED_ID = PREFIX + "parked-id";
    static final String REDRIVEN = PREFIX + "redriven";
    static final String REDRIVE = PREFIX + "redrive";
    static final String ATTEMPTS = PREFIX + "attempts";

    private static final int LONGEST_CORRELATION_ID = 128;
    /** W3C Trace Context, 3.2.2; zeros are no ids. */
    private static final Pattern VALID_TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private Headers() {}

    /** Absent, too, when it is blank or not a text. */
    static @Nullable String text(BasicProperties properties, String name) {
        Map<String, Object> headers = properties.getHeaders();
        Object value = headers == null ? null : headers.get(name);
        String text = value instanceof LongString || value instanceof String ? value.toString() : "";
        return text.isBlank() ? null : text;
    }

    static int number(BasicProperties properties, String name) {
        Map<String, Object> headers = properties.getHeaders();
        return headers != null && headers.get(name) instanceof Number number ? number.intValue() : 0;
    }

    /** What was redriven came straight into its queue, and says how it had come before. */
    static String exchange(Delivery delivery) {
        return original(delivery, ORIGINAL_EXCHANGE, delivery.getEnvelope().getExchange());
    }

    static String routingKey(Delivery delivery) {
        return original(delivery, ORIGINAL_ROUTING_KEY, delivery.getEnvelope().getRoutingKey());
    }

    private static String original(Delivery delivery, String header, String now) {
        boolean straight = delivery.getEnvelope().getExchange().isEmpty();
        String original = straight ? text(delivery.getProperties(), header) : null;
        return original == null ? now : original;
    }

    static @Nullable String traceparent(BasicProperties properties) {
        String given = text(properties, TRACEPARENT);
        return given != null && VALID_TRACEPARENT.matcher(given).matches() ? given : null;
    }

    /** The first that is given, of the body's, the header's, the property's, and the event's own id. */
    static @Nullable String correlationId(
            BasicProperties properties, @Nullable String ofBody, @Nullable String eventId) {
        return Stream.of(ofBody, text(properties, CORRELATION_ID), properties.getCorrelationId(), eventId)
                .filter(Objects::nonNull)
                .map(Headers::printable)
                .filter(id -> !id.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static String printable(String given) {
        StringBuilder printable = new StringBuilder();
        given.codePoints()
                .filter(c -> c > ' ' && c < 127)
                .limit(LONGEST_CORRELATION_ID)
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }
}
