package dev.tidings.adapters.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.GetResponse;
import dev.tidings.application.parking.ParkedMessage;
import dev.tidings.domain.access.ServiceId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Reads what {@link Parking} wrote beside a message, and what a broker writes that put one aside by itself. */
final class ParkedForm {

    static final List<String> OF_THIS_PARKING =
            List.of(Headers.PARKED_ID, Headers.REASON, Headers.REASON_CODE, Headers.PARKED_AT);

    /** How often a quorum queue has handed it out: with each look once more. */
    private static final String LOOKS = "x-delivery-count";

    private static final DataSize WORTH_READING = DataSize.ofMegabytes(1);
    private static final int MOST_HEADERS = 50;
    private static final int LONGEST_HEADER = 200;

    private ParkedForm() {}

    static ParkedMessage read(GetResponse parked) {
        BasicProperties properties = parked.getProps();
        MessageBody body = body(parked.getBody());
        return new ParkedMessage(
                id(parked),
                first(Headers.text(properties, Headers.REASON_CODE), "unknown"),
                first(
                        Headers.text(properties, Headers.REASON),
                        first(Headers.text(properties, "x-first-death-reason"), "the broker doesn't say")),
                type(body, properties),
                service(body, properties),
                elsewhere(
                        Headers.text(properties, Headers.ORIGINAL_QUEUE),
                        Headers.text(properties, "x-first-death-queue"),
                        Topology.PARKED),
                elsewhere(
                        Headers.text(properties, Headers.ORIGINAL_EXCHANGE),
                        Headers.text(properties, "x-first-death-exchange"),
                        Topology.PARKING),
                first(
                        Headers.text(properties, Headers.ORIGINAL_ROUTING_KEY),
                        parked.getEnvelope().getRoutingKey()),
                time(Headers.text(properties, Headers.PARKED_AT)),
                Headers.number(properties, Headers.ATTEMPTS),
                Headers.number(properties, Headers.REDRIVEN),
                parked.getBody().length,
                properties.getMessageId(),
                Headers.correlationId(
                        properties, body == null ? null : body.optional("correlation_id", LONGEST_HEADER), null),
                headers(properties));
    }

    private static @Nullable MessageBody body(byte[] body) {
        try {
            return MessageBody.read(body, WORTH_READING);
        } catch (Poison e) {
            return null;
        }
    }

    /** One that Tidings did not park itself has no id: then what it says has to do. */
    private static String id(GetResponse parked) {
        String given = Headers.text(parked.getProps(), Headers.PARKED_ID);
        if (given != null) {
            return given;
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(String.valueOf(parked.getProps().getMessageId()).getBytes(StandardCharsets.UTF_8));
            ByteBuffer bits = ByteBuffer.wrap(digest.digest(parked.getBody()));
            return new UUID(bits.getLong(), bits.getLong()).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static @Nullable String type(@Nullable MessageBody body, BasicProperties properties) {
        return Stream.of(
                        body == null ? null : body.optional("event_type", LONGEST_HEADER),
                        Headers.text(properties, Headers.EVENT_TYPE),
                        properties.getType(),
                        body == null ? null : body.optional("notification_type", LONGEST_HEADER))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String service(@Nullable MessageBody body, BasicProperties properties) {
        if (body == null) {
            return properties.getAppId();
        }
        ServiceId service = body.service(properties);
        return service.equals(MessageBody.UNKNOWN_SERVICE) ? properties.getAppId() : service.value();
    }

    /** Redriven to where it is, it would go round in circles. */
    private static @Nullable String elsewhere(@Nullable String ours, @Nullable String brokers, String here) {
        String place = ours == null ? brokers : ours;
        return here.equals(place) ? null : place;
    }

    private static String first(@Nullable String preferred, String otherwise) {
        return preferred == null ? otherwise : preferred;
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Map<String, String> headers(BasicProperties properties) {
        Map<String, String> shown = new TreeMap<>();
        Objects.requireNonNullElse(properties.getHeaders(), Map.<String, Object>of()).entrySet().stream()
                .filter(header -> !header.getKey().startsWith(Headers.PREFIX))
                .filter(header -> !header.getKey().equals(LOOKS))
                .limit(MOST_HEADERS)
                .forEach(header -> {
                    String value = String.valueOf(header.getValue());
                    shown.put(header.getKey(), value.substring(0, Math.min(value.length(), LONGEST_HEADER)));
                });
        return shown;
    }
}
