package dev.tidings.adapters.amqp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.NoOpMetricsCollector;
import dev.tidings.application.InvalidInput;
import dev.tidings.application.InvalidInput.FieldError;
import dev.tidings.application.events.UserEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds whatever the broker is. */
abstract class UserEventsContract {

    private static final CompletableFuture<?> DONE = CompletableFuture.completedFuture(null);

    private final List<UserEvent> events = new CopyOnWriteArrayList<>();
    private volatile Function<UserEvent, CompletableFuture<?>> outcome = _ -> DONE;
    private TestClient client;
    private TestAdapter adapter;

    abstract String url();

    /** As a publisher must write it for the message to live on for a while. */
    abstract String expiration();

    @BeforeEach
    void start() throws IOException {
        client = new TestClient(url());
        client.forgetEverything();
        adapter = newAdapter(500);
        soon().untilAsserted(() -> assertThat(adapter.health.problem()).isEmpty());
    }

    private TestAdapter newAdapter(int prefetch) {
        return new TestAdapter(url(), prefetch, (event, _, _) -> {
                    events.add(event);
                    return outcome.apply(event);
                })
                .started();
    }

    @AfterEach
    void stop() {
        adapter.close();
        client.close();
    }

    @Test
    void an_event_that_was_handled_is_gone() throws IOException {
        client.register("u-1");
        soon().until(() -> handled().equals(List.of("u-1")));
        adapter.close();
        assertThat(client.left()).isZero();
        assertThat(consumed("UserRegistered")).isEqualTo(1);
    }

    @Test
    void events_that_are_done_out_of_order_are_all_acknowledged() throws IOException {
        Map<String, CompletableFuture<Void>> commits = new ConcurrentHashMap<>();
        outcome = event -> commits.computeIfAbsent(event.userId().value(), _ -> new CompletableFuture<>());
        IntStream.range(0, 200).forEach(i -> client.register("u-" + i));
        soon().until(() -> commits.size() == 200);
        List<CompletableFuture<Void>> shuffled = new ArrayList<>(commits.values());
        Collections.shuffle(shuffled, new Random(1));
        shuffled.forEach(commit -> commit.complete(null));
        soon().until(() -> consumed("UserRegistered") == 200);
        adapter.close();
        assertThat(client.left()).isZero();
    }

    /** Three may be in hand, so the broker has seen two acks when it delivers the fifth. */
    @Test
    void one_that_is_done_acknowledges_none_before_it_that_is_not() throws IOException {
        adapter.close();
        adapter = newAdapter(3);
        CompletableFuture<Void> commit = new CompletableFuture<>();
        outcome = event -> event.userId().value().equals("u-1") ? commit : DONE;
        IntStream.rangeClosed(1, 5).forEach(i -> client.register("u-" + i));
        soon().until(() -> handled().contains("u-5"));
        adapter.loseConnections();
        soon().until(() -> handled().indexOf("u-1") < handled().lastIndexOf("u-1"));
        commit.complete(null);
        adapter.close();
        assertThat(handled()).containsOnlyOnce("u-2", "u-3");
    }

    @Test
    void nothing_is_acknowledged_before_its_commit() throws IOException {
        CompletableFuture<Void> commit = new CompletableFuture<>();
        outcome = _ -> commit;
        client.register("u-1");
        soon().until(() -> handled().equals(List.of("u-1")));
        adapter.loseConnections();
        soon().until(() -> handled().equals(List.of("u-1", "u-1")));
        commit.complete(null);
        soon().until(() -> consumed("UserRegistered") == 2);
        adapter.close();
        assertThat(client.left()).isZero();
    }

    @Test
    void what_is_in_hand_when_the_service_stops_is_finished_and_what_is_not_begun_given_back() throws Exception {
        CompletableFuture<Void> commit = new CompletableFuture<>();
        outcome = event -> event.userId().value().equals("u-down") ? down() : commit;
        client.register("u-1");
        client.register("u-down");
        soon().until(() -> events.size() == 2);
        Thread stopping = Thread.startVirtualThread(adapter::close);
        soon().until(() -> adapter.listener.problem().orElse("").contains("shutting down"));
        client.register("u-2");
        commit.complete(null);
        assertThat(stopping.join(Duration.ofSeconds(10))).isTrue();
        assertThat(handled()).containsExactlyInAnyOrder("u-1", "u-down");
        assertThat(client.left()).isEqualTo(2);
    }

    @Test
    void an_outage_is_waited_out() {
        AtomicInteger tries = new AtomicInteger();
        outcome = _ -> tries.incrementAndGet() < 3 ? down() : DONE;
        client.register("u-1");
        soon().until(() -> consumed("UserRegistered") == 1);
        assertThat(tries).hasValue(3);
        assertThat(parkedCount()).isZero();
    }

    @Test
    void while_the_intake_pauses_nothing_is_consumed_and_what_could_not_be_done_is_given_back() {
        outcome = _ -> down();
        client.register("u-1");
        soon().until(() -> !events.isEmpty());
        adapter.intake.seen(1_001);
        soon().until(() -> client.consumers() == 0);
        int before = events.size();
        client.register("u-2");
        assertThat(adapter.health.problem()).isEmpty();

        outcome = _ -> DONE;
        await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(5)).until(() -> events.size() == before);
        adapter.intake.seen(900);
        soon().until(() -> consumed("UserRegistered") == 2);
    }

    @Test
    void poison_is_parked_with_its_reason_as_it_came_and_the_next_message_is_processed() {
        byte[] body = "{\"event_type\": \"UserRegistered\", \"userid\": 5}".getBytes(UTF_8);
        BasicProperties properties = new BasicProperties.Builder()
                .contentType("application/json")
                .contentEncoding("UTF-8")
                .deliveryMode(1)
                .priority(3)
                .correlationId("c-1")
                .replyTo("answers")
                .expiration(expiration())
                .messageId("m-1")
                .timestamp(Date.from(Instant.ofEpochSecond(1_700_000_000)))
                .type("UserRegistered")
                .userId("guest")
                .appId("users")
                .headers(Map.of("x-retry", 4, "nested", Map.of("list", List.of("a", true, 2L))))
                .build();
        client.publish("user.registered", properties, body);
        client.register("u-1");

        GetResponse parked = client.parked(1).getFirst();
        soon().until(() -> handled().equals(List.of("u-1")));
        assertThat(parked.getBody()).isEqualTo(body);
        assertThat(parked.getProps())
                .usingRecursiveComparison()
                .ignoringFields("headers", "bodySize")
                .isEqualTo(properties
                        .builder()
                        .deliveryMode(2)
                        .expiration(null)
                        .userId(null)
                        .build());
        assertThat(texts(parked))
                .containsEntry("x-retry", "4")
                .containsKey("nested")
                .containsEntry("x-tidings-reason", "userid must be a string; email is missing; username is missing")
                .containsEntry("x-tidings-reason-code", "invalid_fields")
                .containsEntry("x-tidings-parked-at", "2026-01-02T03:04:05Z")
                .containsEntry("x-tidings-original-exchange", "notification.events")
                .containsEntry("x-tidings-original-routing-key", "user.registered")
                .containsEntry("x-tidings-original-queue", "general_queue")
                .containsEntry("x-tidings-original-expiration", expiration())
                .containsEntry("x-tidings-original-user-id", "guest")
                .containsEntry("x-tidings-attempts", "1");
        assertThat(adapter.meters
                        .counter("tidings.parked", "reason", "invalid_fields")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void every_kind_of_poison_is_parked() {
        Map<String, byte[]> poisons = Map.of(
                "invalid_json", "{".getBytes(UTF_8),
                "invalid_utf8", new byte[] {'{', (byte) 0xC3, '}'},
                "not_an_object", "[]".getBytes(UTF_8),
                "unknown_type", "{\"event_type\": \"UserSneezed\"}".getBytes(UTF_8),
                "invalid_fields", "{\"event_type\": \"UserRegistered\"}".getBytes(UTF_8),
                "too_large", new byte[10 * 1024 * 1024]);
        poisons.values().forEach(body -> client.publish("user.x", MessageProperties.MINIMAL_BASIC, body));
        client.publish(
                "user.registered",
                MessageProperties.MINIMAL_BASIC,
                "[".repeat(500_000).getBytes(UTF_8));
        client.register("u-1");

        List<GetResponse> parked = client.parked(7);
        assertThat(parked)
                .extracting(message -> texts(message).get("x-tidings-reason-code"))
                .containsExactlyInAnyOrder(
                        "invalid_json",
                        "invalid_json",
                        "invalid_utf8",
                        "not_an_object",
                        "unknown_type",
                        "invalid_fields",
                        "too_large");
        assertThat(parked)
                .filteredOn(message -> "too_large".equals(texts(message).get("x-tidings-reason-code")))
                .singleElement()
                .satisfies(message -> assertThat(message.getBody()).hasSize(10 * 1024 * 1024));
        soon().until(() -> handled().equals(List.of("u-1")));
    }

    @Test
    void what_is_not_accepted_or_can_not_be_stored_is_parked() {
        outcome = event -> {
            if (event.userId().value().equals("u-1")) {
                throw new InvalidInput(List.of(new FieldError("template_vars.x", "is missing")));
            }
            return CompletableFuture.failedFuture(
                    new IllegalStateException("ada@example.org", new IOException("ada@example.org")));
        };
        client.register("u-1");
        client.register("u-2");
        assertThat(client.parked(2))
                .extracting(UserEventsContract::texts)
                .extracting(headers -> headers.get("x-tidings-reason-code") + ": " + headers.get("x-tidings-reason"))
                .containsExactlyInAnyOrder(
                        "not_accepted: template_vars.x is missing",
                        "not_stored: It can't be stored: IllegalStateException, because of IOException");
    }

    @Test
    void a_message_with_as_many_headers_as_fit_is_parked_without_them() {
        Map<String, Object> headers = new HashMap<>();
        headers.put("x-tidings-attempts", 2);
        headers.put("filler", "x".repeat(longestFrame() - 120));
        client.publish(
                "user.registered",
                new BasicProperties.Builder().headers(headers).build(),
                "{".getBytes(UTF_8));
        assertThat(texts(client.parked(1).getFirst()))
                .doesNotContainKey("filler")
                .containsEntry("x-tidings-headers-dropped", "true")
                .containsEntry("x-tidings-attempts", "3");
    }

    private int longestFrame() {
        return client.channel().getConnection().getFrameMax();
    }

    @Test
    void a_message_is_parked_even_if_the_parking_queue_was_deleted() throws IOException {
        client.publish("user.x", "{");
        client.parked(1);
        client.channel().queueDelete(Topology.PARKED);
        client.publish("user.x", "{");
        soon().until(() -> parkedCount() == 2);
        assertThat(client.parked(1)).hasSize(1);
    }

    /** Three are in hand, and for the fourth there is no room: so nobody has read the fifth, which would be in the heap. */
    @Test
    void long_messages_are_not_read_faster_than_they_are_settled() throws Exception {
        adapter.close();
        AtomicInteger read = new AtomicInteger();
        AtomicInteger inHand = new AtomicInteger();
        CompletableFuture<Boolean> settled = new CompletableFuture<>();
        IntStream.range(0, 8)
                .forEach(_ -> client.publish("user.x", MessageProperties.MINIMAL_BASIC, new byte[500_000]));
        try (TestAdapter narrow = new TestAdapter(url(), (_, _, _) -> DONE)) {
            narrow.consuming.getRabbitConnectionFactory().setMetricsCollector(new NoOpMetricsCollector() {
                @Override
                public void consumedMessage(Channel channel, long deliveryTag, String consumerTag) {
                    read.incrementAndGet();
                }
            });
            Consumption consumption = Consumption.start(
                    Connections.open(narrow.consuming).createChannel(),
                    Topology.GENERAL_QUEUE,
                    100,
                    1_600_000,
                    (_, _) -> {
                        inHand.incrementAndGet();
                        return settled.join();
                    });
            soon().until(() -> inHand.get() == 3);
            await().during(Duration.ofMillis(300))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> inHand.get() == 3 && read.get() <= 4);
            settled.complete(true);
            soon().until(() -> inHand.get() == 8);
            consumption.close();
        }
        assertThat(read).hasValue(8);
        assertThat(client.left()).isZero();
    }

    private List<String> handled() {
        return events.stream().map(event -> event.userId().value()).toList();
    }

    private double consumed(String type) {
        return adapter.meters.counter("tidings.consumed", "type", type).count();
    }

    private double parkedCount() {
        return adapter.meters.find("tidings.parked").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private static CompletableFuture<?> down() {
        return CompletableFuture.failedFuture(new TestAdapter.DatabaseDown());
    }

    static Map<String, String> texts(GetResponse message) {
        Map<String, String> texts = new HashMap<>();
        message.getProps().getHeaders().forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
    }

    static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
    }
}
