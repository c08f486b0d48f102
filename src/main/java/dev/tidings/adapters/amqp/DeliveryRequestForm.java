package dev.tidings.adapters.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Delivery;
import dev.tidings.application.InvalidInput;
import dev.tidings.application.acceptance.ComposeNotifications;
import dev.tidings.application.acceptance.SendByChannels;
import dev.tidings.application.acceptance.SourceMessages.SourceMessage;
import dev.tidings.application.acceptance.Timing;
import dev.tidings.application.contact.PhoneNumbers;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.UserId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * The forms in which an orchestrator asks for a delivery: the fields of {@code POST /notifications/send}, or the shorter
 * {@code channel, destination, subject, message}. What else is in it is for others.
 */
final class DeliveryRequestForm {

    private static final int ID = MessageBody.LONGEST_ID;
    private static final int CORRELATION_ID = 1_000;
    private static final int ADDRESS = 4_200;
    private static final int USER_ID = 128;
    private static final int WORD = 64;

    private final DataSize maxBody;
    private final NotificationType usualType;
    private final PhoneNumbers phones;

    /** @param usualType of a request that names none */
    DeliveryRequestForm(DataSize maxBody, NotificationType usualType, PhoneNumbers phones) {
        this.phones = phones;
        this.maxBody = maxBody;
        this.usualType = usualType;
    }

    IncomingRequest open(Delivery delivery) throws Poison {
        MessageBody body = MessageBody.read(delivery.getBody(), maxBody);
        BasicProperties properties = delivery.getProperties();
        String id = id(body, properties);
        String correlationId = Headers.correlationId(properties, body.optional("correlation_id", CORRELATION_ID), id);
        try {
            Channel channel = channel(body, correlationId);
            ServiceId service = body.service(properties);
            return new IncomingRequest(
                    new RequestContext(service, correlationId, Headers.traceparent(properties)),
                    request(body, channel, id == null ? null : new SourceMessage(service, id)));
        } catch (InvalidInput e) {
            throw new Poison(Poison.Reason.INVALID_FIELDS, String.valueOf(e.getMessage()), correlationId);
        }
    }

    /** The first that is given. */
    private static @Nullable String id(MessageBody body, BasicProperties properties) {
        return Stream.of(
                        body.optional("idempotency_key", ID),
                        body.optional("reference", ID),
                        body.optional("message_id", properties.getMessageId(), ID, Function.identity()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static Channel channel(MessageBody body, @Nullable String correlationId) throws Poison {
        String word = body.optional("channel", WORD);
        if (word == null) {
            return Channel.EMAIL;
        }
        return Arrays.stream(Channel.values())
                .filter(channel -> channel.name().equalsIgnoreCase(word))
                .findAny()
                .orElseThrow(() -> new Poison(
                        Poison.Reason.NO_SUCH_CHANNEL,
                        "channel must be one of " + words(Channel.values()) + ", not " + word,
                        correlationId));
    }

    private static String words(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private Address address(Channel channel, String given) {
        return switch (channel) {
            case SMS, WHATSAPP -> phones.parse(given);
            case EMAIL, PUSH -> Address.of(channel, given);
        };
    }

    private Function<RequestContext, ComposeNotifications.Request> request(
            MessageBody body, Channel channel, @Nullable SourceMessage source) {
        boolean isShort = body.has("destination");
        Address recipient = body.required(
                isShort ? "destination" : SendByChannels.fieldOf(channel), ADDRESS, given -> address(channel, given));
        String content = body.requiredText(isShort && !body.has("content") ? "message" : "content");
        NotificationType type = body.optional("notification_type", WORD, NotificationType::new);
        UserId userId = body.optional("userid", USER_ID, UserId::new);
        String subject = body.text("subject");
        Map<String, Object> variables = body.values("template_vars");
        Lane lane = body.optional("priority", WORD, DeliveryRequestForm::lane);
        Timing timing = new Timing(
                body.optional("send_at", WORD, DeliveryRequestForm::time),
                body.seconds("delay_seconds"),
                body.optional("expires_at", WORD, DeliveryRequestForm::time),
                body.seconds("ttl_seconds"));
        boolean copies = !body.isTrue("deduplicate", true);
        body.check();
        return context -> new ComposeNotifications.Request(
                context,
                source,
                null,
                userId,
                channel,
                Objects.requireNonNull(recipient),
                null,
                null,
                Objects.requireNonNullElse(type, usualType),
                subject,
                Objects.requireNonNull(content),
                variables,
                lane,
                timing,
                copies,
                ComposeNotifications.Wishes.NONE);
    }

    private static Lane lane(String word) {
        return Arrays.stream(Lane.values())
                .filter(lane -> lane.name().equalsIgnoreCase(word))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("must be one of " + words(Lane.values())));
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("must be a time such as 2026-01-31T12:00:00Z", e);
        }
    }
}
