package dev.tidings.adapters.amqp;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.MessageProperties;
import dev.tidings.adapters.amqp.ConfirmedPublisher.Outgoing;
import dev.tidings.application.announcements.Announcement;
import dev.tidings.application.announcements.Announcement.NotificationFailed;
import dev.tidings.application.announcements.Announcement.NotificationPreferencesCreated;
import dev.tidings.application.announcements.Announcement.NotificationPreferencesUpdated;
import dev.tidings.application.announcements.Announcement.NotificationSent;
import dev.tidings.application.announcements.Announcements.Addressed;
import dev.tidings.application.notification.RequestContext;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The form in which others hear of it: the same envelope as theirs, and the announcement's fields beside it. */
final class AnnouncementEnvelope {

    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private record Body(
            String eventType,
            String eventId,
            int eventVersion,
            String sourceService,
            String requestedBy,
            @Nullable String correlationId,
            String timestamp,
            @JsonUnwrapped Announcement announcement) {}

    private record Kind(String eventType, String routingKey, Instant at) {}

    private AnnouncementEnvelope() {}

    static Outgoing of(Addressed addressed) {
        Kind kind = kind(addressed.announcement());
        RequestContext context = addressed.context();
        Body body = new Body(
                kind.eventType,
                addressed.eventId(),
                VERSION,
                "tidings",
                context.serviceId().value(),
                context.correlationId(),
                kind.at.toString(),
                addressed.announcement());
        return new Outgoing(
                Topology.EVENTS, kind.routingKey, false, properties(addressed, kind), JSON.writeValueAsBytes(body));
    }

    private static Kind kind(Announcement announcement) {
        return switch (announcement) {
            case NotificationSent e -> new Kind("NotificationSent", "notification.sent", e.sentAt());
            case NotificationFailed e -> new Kind("NotificationFailed", "notification.failed", e.failedAt());
            case NotificationPreferencesCreated e ->
                new Kind("NotificationPreferencesCreated", "notification.preferences.created", e.createdAt());
            case NotificationPreferencesUpdated e ->
                new Kind("NotificationPreferencesUpdated", "notification.preferences.updated", e.updatedAt());
        };
    }

    private static BasicProperties properties(Addressed addressed, Kind kind) {
        RequestContext context = addressed.context();
        Map<String, Object> headers = new HashMap<>();
        headers.put(Headers.EVENT_TYPE, kind.eventType);
        if (context.correlationId() != null) {
            headers.put(Headers.CORRELATION_ID, context.correlationId());
        }
        if (context.traceparent() != null) {
            headers.put(Headers.TRACEPARENT, context.traceparent());
        }
        return MessageProperties.PERSISTENT_BASIC
                .builder()
                .contentType("application/json")
                .contentEncoding("UTF-8")
                .messageId(addressed.eventId())
                .correlationId(context.correlationId())
                .appId("tidings")
                .type(kind.eventType)
                .timestamp(Date.from(kind.at))
                .headers(headers)
                .build();
    }
}
