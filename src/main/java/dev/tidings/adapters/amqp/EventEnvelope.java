package dev.tidings.adapters.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Delivery;
import dev.tidings.application.InvalidInput;
import dev.tidings.application.acceptance.SourceMessages.SourceMessage;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.access.ServiceId;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * The form in which services tell each other of events: a JSON object of {@code event_type, event_id, source_service,
 * correlation_id, timestamp} and the event's own fields beside them. What else is in it is for others.
 */
final class EventEnvelope {

    private static final int ID = MessageBody.LONGEST_ID;
    private static final int CORRELATION_ID = 1_000;
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9_.]{0,63}");

    private final DataSize maxBody;

    EventEnvelope(DataSize maxBody) {
        this.maxBody = maxBody;
    }

    IncomingEvent open(Delivery delivery) throws Poison {
        MessageBody body = MessageBody.read(delivery.getBody(), maxBody);
        BasicProperties properties = delivery.getProperties();
        String id = id(body, properties);
        String correlationId = Headers.correlationId(properties, body.optional("correlation_id", CORRELATION_ID), id);
        try {
            ServiceId service = body.service(properties);
            EventType type = type(body, delivery, correlationId);
            return new IncomingEvent(
                    type,
                    UserEventFields.event(type, body),
                    id == null ? null : new SourceMessage(service, id),
                    new RequestContext(service, correlationId, Headers.traceparent(properties)));
        } catch (InvalidInput e) {
            throw new Poison(Poison.Reason.INVALID_FIELDS, String.valueOf(e.getMessage()), correlationId);
        }
    }

    private static @Nullable String id(MessageBody body, BasicProperties properties) {
        String ofBody = body.optional("event_id", ID);
        return ofBody == null
                ? body.optional("message_id", properties.getMessageId(), ID, Function.identity())
                : ofBody;
    }

    private static EventType type(MessageBody body, Delivery delivery, @Nullable String correlationId) throws Poison {
        String name = body.optional("event_type", ID);
        String from = "the body";
        if (name == null) {
            name = Headers.text(delivery.getProperties(), Headers.EVENT_TYPE);
            from = "the header";
        }
        String key = Headers.routingKey(delivery);
        Optional<EventType> type = name == null ? EventType.routedBy(key) : EventType.named(name);
        if (type.isPresent()) {
            return type.get();
        }
        body.check();
        String given = name == null ? "the routing key " + shown(key) : from + "'s event_type " + shown(name);
        throw new Poison(
                Poison.Reason.UNKNOWN_TYPE,
                "No event that Tidings knows is named by " + given + "; known are " + EventType.known(),
                correlationId);
    }

    /** What doesn't look like a name may be anything, also somebody's address. */
    private static String shown(String given) {
        return IDENTIFIER.matcher(given).matches() ? given : "(not a name)";
    }
}
