package dev.tidings.adapters.amqp;

import static dev.tidings.adapters.amqp.UserEventsContract.soon;
import static dev.tidings.adapters.amqp.UserEventsContract.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.MessageProperties;
import dev.tidings.application.acceptance.ComposeNotifications.Request;
import dev.tidings.application.acceptance.ComposeNotifications.Wishes;
import dev.tidings.application.acceptance.SourceMessages.SourceMessage;
import dev.tidings.application.acceptance.Timing;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.UserId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an orchestrator can rely on, whatever the broker is. */
abstract class DeliveryRequestsContract {

    private static final CompletableFuture<?> DONE = CompletableFuture.completedFuture(null);

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Function<Request, CompletableFuture<?>> outcome = _ -> DONE;
    private TestClient client;
    private TestAdapter adapter;

    abstract String url();

    @BeforeEach
    void start() throws IOException {
        client = new TestClient(url());
        client.forgetEverything();
        adapter = new TestAdapter(url(), request -> {
                    requests.add(request);
                    return outcome.apply(request);
                })
                .takingRequests();
    }

    @AfterEach
    void stop() {
        adapter.close();
        client.close();
    }

    @Test
    void a_request_with_the_fields_of_the_rest_api_is_taken_as_it_says() {
        request("""
                {'notification_type': 'marketing', 'recipient_email': 'ada@example.org', 'userid': 'u-1',
                 'subject': 'Two\\nlines are for others to refuse', 'content': 'Hello,\\nAda', 'priority': 'high',
                 'template_vars': {'name': 'Ada', 'orders': [1, {'paid': true}]},
                 'send_at': '2026-01-02T04:00:00+01:00', 'ttl_seconds': 60, 'deduplicate': false,
                 'idempotency_key': 'k-1', 'source_service': 'orchestrator', 'correlation_id': 'c-1',
                 'of_no_interest': {}}""");

        assertThat(taken())
                .usingRecursiveComparison()
                .isEqualTo(new Request(
                        new RequestContext(new ServiceId("orchestrator"), "c-1", null),
                        new SourceMessage(new ServiceId("orchestrator"), "k-1"),
                        null,
                        new UserId("u-1"),
                        Channel.EMAIL,
                        new EmailAddress("ada@example.org"),
                        null,
                        null,
                        new NotificationType("marketing"),
                        "Two\nlines are for others to refuse",
                        "Hello,\nAda",
                        Map.of("name", "Ada", "orders", List.of(1, Map.of("paid", true))),
                        Lane.HIGH,
                        new Timing(Instant.parse("2026-01-02T03:00:00Z"), null, null, Duration.ofSeconds(60)),
                        true,
                        Wishes.NONE));
        soon().until(() -> consumed() == 1);
    }

    @Test
    void the_short_form_is_of_the_usual_type() {
        client.request(
                new BasicProperties.Builder()
                        .messageId("m-1")
                        .appId("orchestrator")
                        .build(),
                "{'channel': 'EMAIL', 'destination': 'ada@example.org', 'subject': 'Hola', 'message': 'Prueba'}");

        Request request = taken();
        assertThat(request.type()).isEqualTo(new NotificationType("general"));
        assertThat(request.recipient()).isEqualTo(new EmailAddress("ada@example.org"));
        assertThat(request.subject()).isEqualTo("Hola");
        assertThat(request.content()).isEqualTo("Prueba");
        assertThat(request.source()).isEqualTo(new SourceMessage(new ServiceId("orchestrator"), "m-1"));
        assertThat(request.timing()).isEqualTo(Timing.AT_ONCE);
        assertThat(request.copies()).isFalse();
    }

    @Test
    void a_key_in_the_body_identifies_it_before_its_reference_and_that_before_the_message_id() {
        BasicProperties properties =
                new BasicProperties.Builder().messageId("m-1").build();
        client.request(
                properties,
                "{'destination': 'ada@example.org', 'message': 'a', 'reference': 'r-1', 'idempotency_key': 'k-1'}");
        assertThat(taken().source()).isEqualTo(new SourceMessage(new ServiceId("unknown"), "k-1"));
        requests.clear();
        client.request(properties, "{'destination': 'ada@example.org', 'message': 'a', 'reference': 'r-1'}");
        assertThat(taken().source()).isEqualTo(new SourceMessage(new ServiceId("unknown"), "r-1"));
    }

    @Test
    void another_channel_is_refused_with_the_reason_and_the_next_request_is_taken() {
        request("{'channel': 'pigeon', 'destination': '+4912345', 'message': 'Hello'}");
        request("{'destination': 'ada@example.org', 'message': 'Hello'}");

        assertThat(texts(client.parked(1).getFirst()))
                .containsEntry("x-tidings-reason", "channel must be one of email, sms, whatsapp, push, not pigeon")
                .containsEntry("x-tidings-reason-code", "no_such_channel")
                .containsEntry("x-tidings-original-exchange", "notifications.exchange")
                .containsEntry("x-tidings-original-routing-key", "notifications.key")
                .containsEntry("x-tidings-original-queue", "notifications.queue");
        taken();
    }

    @Test
    void all_that_is_wrong_with_a_request_is_told_at_once() {
        request("""
                {'recipient_email': 'ada', 'userid': 5, 'priority': 'urgent', 'template_vars': [],
                 'send_at': 'tomorrow', 'delay_seconds': -1, 'deduplicate': 'no'}""");

        assertThat(texts(client.parked(1).getFirst()).get("x-tidings-reason"))
                .isEqualTo("recipient_email must be an email address such as ada@example.org; content is missing;"
                        + " userid must be a string; template_vars must be an object, in braces;"
                        + " priority must be one of instant, high, normal, low;"
                        + " send_at must be a time such as 2026-01-31T12:00:00Z;"
                        + " delay_seconds must be a whole number of seconds, from 0;"
                        + " deduplicate must be true or false");
        assertThat(requests).isEmpty();
    }

    @Test
    void an_outage_is_waited_out() {
        AtomicInteger tries = new AtomicInteger();
        outcome = _ ->
                tries.incrementAndGet() < 2 ? CompletableFuture.failedFuture(new TestAdapter.DatabaseDown()) : DONE;
        request("{'destination': 'ada@example.org', 'message': 'Hello'}");
        soon().until(() -> consumed() == 1);
        assertThat(tries).hasValue(2);
    }

    private void request(String body) {
        client.request(MessageProperties.PERSISTENT_BASIC, body);
    }

    private Request taken() {
        soon().until(() -> requests.size() == 1);
        return requests.getFirst();
    }

    private double consumed() {
        return adapter.meters
                .counter("tidings.consumed", "type", "DeliveryRequest")
                .count();
    }
}
