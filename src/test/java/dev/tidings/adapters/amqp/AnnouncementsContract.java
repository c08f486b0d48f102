package dev.tidings.adapters.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.GetResponse;
import dev.tidings.application.announcements.Announcement;
import dev.tidings.application.announcements.Announcement.NotificationFailed;
import dev.tidings.application.announcements.Announcement.NotificationPreferencesCreated;
import dev.tidings.application.announcements.Announcement.NotificationPreferencesUpdated;
import dev.tidings.application.announcements.Announcement.NotificationSent;
import dev.tidings.application.announcements.Announcements.Addressed;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.access.ServiceId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What holds whatever the broker is. */
abstract class AnnouncementsContract {

    static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final RequestContext CONTEXT = new RequestContext(new ServiceId("crm"), "c-1", TRACEPARENT);

    private TestClient client;
    private TestAdapter adapter;
    private RabbitAnnouncements announcements;

    abstract String url();

    @BeforeEach
    void start() throws IOException {
        client = new TestClient(url());
        client.forgetEverything();
        adapter = new TestAdapter(url(), (_, _, _) -> CompletableFuture.completedFuture(null));
        announcements = new RabbitAnnouncements(adapter.publisher);
    }

    @AfterEach
    void stop() {
        adapter.close();
        client.close();
    }

    @Test
    void that_nobody_listens_is_fine() {
        announcements.publish(List.of(sent("e-1"), sent("e-2")));
        announcements.publish(List.of());
    }

    @Test
    void who_listens_gets_all_of_a_batch_in_its_order() throws IOException {
        String queue = listening("notification.#");
        announcements.publish(
                IntStream.range(0, 500).mapToObj(i -> sent("e-" + i)).toList());
        assertThat(received(queue))
                .extracting(message -> message.getProps().getMessageId())
                .containsExactlyElementsOf(
                        IntStream.range(0, 500).mapToObj(i -> "e-" + i).toList());
    }

    @Test
    void each_kind_has_its_routing_key_and_its_form() throws IOException {
        String queue = listening("notification.#");
        announcements.publish(List.of(
                addressed("e-1", new NotificationSent("n-1", "u-1", "welcome", "email", "smtp", "<1@x>", 2, AT)),
                addressed("e-2", new NotificationFailed("n-2", null, "welcome", "email", null, "gone: 550", 4, AT)),
                addressed("e-3", new NotificationPreferencesCreated("u-1", Map.of("email_verification", true), AT)),
                new Addressed(
                        "e-4",
                        new NotificationPreferencesUpdated("u-1", Map.of("welcome", false), AT),
                        new RequestContext(new ServiceId("crm"), null, null))));
        assertThat(received(queue))
                .extracting(
                        message -> message.getEnvelope().getRoutingKey(),
                        message -> new JsonMapper().readTree(message.getBody()))
                .containsExactly(
                        told("notification.sent", """
                                {"event_type": "NotificationSent", "event_id": "e-1", "event_version": 1,
                                 "source_service": "tidings", "requested_by": "crm", "correlation_id": "c-1",
                                 "timestamp": "2026-01-02T03:04:05.678Z", "notification_id": "n-1", "userid": "u-1",
                                 "notification_type": "welcome", "channel": "email", "provider": "smtp",
                                 "provider_message_id": "<1@x>", "attempts": 2,
                                 "sent_at": "2026-01-02T03:04:05.678Z"}"""),
                        told("notification.failed", """
                                {"event_type": "NotificationFailed", "event_id": "e-2", "event_version": 1,
                                 "source_service": "tidings", "requested_by": "crm", "correlation_id": "c-1",
                                 "timestamp": "2026-01-02T03:04:05.678Z", "notification_id": "n-2", "userid": null,
                                 "notification_type": "welcome", "channel": "email", "provider": null,
                                 "reason": "gone: 550", "attempts": 4, "failed_at": "2026-01-02T03:04:05.678Z"}"""),
                        told("notification.preferences.created", """
                                {"event_type": "NotificationPreferencesCreated", "event_id": "e-3", "event_version": 1,
                                 "source_service": "tidings", "requested_by": "crm", "correlation_id": "c-1",
                                 "timestamp": "2026-01-02T03:04:05.678Z", "userid": "u-1",
                                 "preferences": {"email_verification": true},
                                 "created_at": "2026-01-02T03:04:05.678Z"}"""),
                        told("notification.preferences.updated", """
                                {"event_type": "NotificationPreferencesUpdated", "event_id": "e-4", "event_version": 1,
                                 "source_service": "tidings", "requested_by": "crm", "correlation_id": null,
                                 "timestamp": "2026-01-02T03:04:05.678Z", "userid": "u-1",
                                 "preferences": {"welcome": false}, "updated_at": "2026-01-02T03:04:05.678Z"}"""));
    }

    @Test
    void what_a_listener_needs_to_route_and_trace_is_in_the_properties() throws IOException {
        String queue = listening("notification.sent");
        announcements.publish(List.of(sent("e-1")));
        GetResponse message = received(queue).getFirst();
        assertThat(message.getProps().getDeliveryMode()).isEqualTo(2);
        assertThat(message.getProps().getContentType()).isEqualTo("application/json");
        assertThat(message.getProps().getMessageId()).isEqualTo("e-1");
        assertThat(message.getProps().getCorrelationId()).isEqualTo("c-1");
        assertThat(message.getProps().getAppId()).isEqualTo("tidings");
        assertThat(UserEventsContract.texts(message))
                .containsEntry("event_type", "NotificationSent")
                .containsEntry("x-correlation-id", "c-1")
                .containsEntry("traceparent", TRACEPARENT);
    }

    @Test
    void announcements_go_on_over_a_new_connection_when_the_old_one_is_lost() throws IOException {
        announcements.publish(List.of(sent("e-1")));
        Connections.open(adapter.publishing).abort(0);
        String queue = listening("notification.#");
        UserEventsContract.soon()
                .ignoreExceptionsInstanceOf(RabbitAnnouncements.NotAnnounced.class)
                .until(() -> {
                    announcements.publish(List.of(sent("e-2")));
                    return true;
                });
        assertThat(received(queue))
                .extracting(message -> message.getProps().getMessageId())
                .contains("e-2");
    }

    static Addressed sent(String eventId) {
        return addressed(eventId, new NotificationSent("n-1", "u-1", "welcome", "email", "smtp", "<1@x>", 1, AT));
    }

    private static Addressed addressed(String eventId, Announcement announcement) {
        return new Addressed(eventId, announcement, CONTEXT);
    }

    private static org.assertj.core.groups.Tuple told(String routingKey, String json) {
        return org.assertj.core.groups.Tuple.tuple(
                routingKey, new JsonMapper().readTree(json.getBytes(StandardCharsets.UTF_8)));
    }

    private String listening(String key) throws IOException {
        client.channel().exchangeDeclare(Topology.EVENTS, "topic", true);
        String queue = client.channel().queueDeclare().getQueue();
        client.channel().queueBind(queue, Topology.EVENTS, key);
        return queue;
    }

    private List<GetResponse> received(String queue) throws IOException {
        List<GetResponse> received = new ArrayList<>();
        for (@Nullable GetResponse next = get(queue); next != null; next = get(queue)) {
            received.add(Objects.requireNonNull(next));
        }
        return received;
    }

    private @Nullable GetResponse get(String queue) throws IOException {
        return client.channel().basicGet(queue, true);
    }
}
