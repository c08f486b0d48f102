package dev.tidings.adapters.amqp;

import static dev.tidings.adapters.amqp.UserEventsContract.soon;
import static dev.tidings.adapters.amqp.UserEventsContract.texts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import dev.tidings.application.parking.ParkedMessage;
import dev.tidings.application.parking.ParkedMessages.Verdict;
import dev.tidings.application.parking.ParkedMessages.Visit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person who goes through the parked messages can rely on, whatever the broker is. */
abstract class ParkedMessagesContract {

    private static final int MOST = 100;

    private final List<String> handled = new CopyOnWriteArrayList<>();
    private volatile boolean storable;
    private TestClient client;
    private TestAdapter adapter;

    abstract String url();

    @BeforeEach
    void start() throws IOException {
        client = new TestClient(url());
        client.forgetEverything();
        adapter = new TestAdapter(url(), 1, (event, _, _) -> {
                    if (!storable) {
                        throw new IllegalStateException();
                    }
                    handled.add(event.userId().value());
                    return CompletableFuture.completedFuture(null);
                })
                .started();
    }

    @AfterEach
    void stop() {
        adapter.close();
        client.close();
    }

    @Test
    void they_are_shown_in_the_order_in_which_they_were_parked_and_stay() {
        client.publish("user.x", "{'event_type': 'UserSneezed', 'source_service': 'users', 'correlation_id': 'c-1'}");
        client.publish(
                "user.registered",
                new BasicProperties.Builder().messageId("m-2").appId("shop").build(),
                "{".getBytes(UTF_8));

        List<ParkedMessage> parked = parked(2);
        assertThat(parked).extracting(ParkedMessage::reasonCode).containsExactly("unknown_type", "invalid_json");
        assertThat(parked).extracting(ParkedMessage::type).containsExactly("UserSneezed", null);
        assertThat(parked).extracting(ParkedMessage::service).containsExactly("users", "shop");
        assertThat(parked).extracting(ParkedMessage::queue).containsOnly("general_queue");
        assertThat(parked).extracting(ParkedMessage::exchange).containsOnly("notification.events");
        assertThat(parked).extracting(ParkedMessage::routingKey).containsExactly("user.x", "user.registered");
        assertThat(parked).extracting(ParkedMessage::parkedAt).containsOnly(TestAdapter.NOW);
        assertThat(parked).extracting(ParkedMessage::correlationId).containsExactly("c-1", null);
        assertThat(parked.getLast().messageId()).isEqualTo("m-2");
        assertThat(parked.getLast().size()).isEqualTo(1);
        assertThat(parked(2)).isEqualTo(parked);
    }

    @Test
    void no_more_are_shown_than_was_asked_for() {
        client.publish("user.x", "{");
        client.publish("user.x", "{");
        parked(2);
        Visit visit = adapter.parked.visit(1, (_, _) -> new Verdict.Keep());
        assertThat(visit.seen()).isEqualTo(1);
        assertThat(visit.all()).isFalse();
    }

    /** Its type is told by nothing but the routing key, which it doesn't come by any more. */
    @Test
    void what_is_redriven_is_handled_as_what_it_was() {
        client.publish(
                "user.registered",
                MessageProperties.PERSISTENT_BASIC,
                TestClient.registration("u-1")
                        .replace("'event_type': 'UserRegistered', ", "")
                        .replace('\'', '"')
                        .getBytes(UTF_8));
        parked(1);
        storable = true;

        assertThat(redriveAll().redriven()).isEqualTo(1);
        soon().until(() -> handled.equals(List.of("u-1")));
        assertThat(visited()).isEmpty();
    }

    @Test
    void what_is_parked_again_is_redriven_once_and_says_how_often_it_was_tried() {
        client.register("u-1");
        client.register("u-2");
        List<ParkedMessage> before = parked(2);

        assertThat(redriveAll().redriven()).isEqualTo(2);
        List<ParkedMessage> after = parked(2);
        assertThat(after).extracting(ParkedMessage::attempts).containsOnly(2);
        assertThat(after).extracting(ParkedMessage::redriven).containsOnly(1);
        assertThat(after).extracting(ParkedMessage::exchange).containsOnly("notification.events");
        assertThat(after).extracting(ParkedMessage::routingKey).containsOnly("user.registered");
        assertThat(after)
                .extracting(ParkedMessage::id)
                .doesNotContainAnyElementsOf(
                        before.stream().map(ParkedMessage::id).toList());

        GetResponse message = client.parked(1).getFirst();
        assertThat(texts(message))
                .containsEntry("x-tidings-redriven-by", "ops")
                .containsEntry("x-tidings-redriven-at", TestAdapter.NOW.toString());
    }

    @Test
    void what_is_deleted_is_gone_and_the_rest_stays() {
        client.publish("user.x", "{");
        client.publish("user.y", "{");
        parked(2);
        Visit visit = adapter.parked.visit(
                MOST,
                (message, _) -> "user.x".equals(message.routingKey()) ? new Verdict.Delete() : new Verdict.Keep());
        assertThat(visit.deleted()).isEqualTo(1);
        assertThat(parked(1)).extracting(ParkedMessage::routingKey).containsExactly("user.y");
    }

    private Visit redriveAll() {
        return adapter.parked.visit(MOST, (_, _) -> new Verdict.Redrive("ops"));
    }

    private List<ParkedMessage> parked(int expected) {
        soon().until(() -> visited().size() == expected);
        return visited();
    }

    private List<ParkedMessage> visited() {
        List<ParkedMessage> visited = new ArrayList<>();
        adapter.parked.visit(MOST, (message, _) -> {
            visited.add(message);
            return new Verdict.Keep();
        });
        return visited;
    }
}
