package dev.tidings.adapters.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import dev.tidings.adapters.amqp.BrokerSettings.QueueType;
import dev.tidings.testing.PrivateRabbit;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopologyTest {

    private static final String URL = PrivateRabbit.shared().url();

    private TestClient client;

    @BeforeEach
    void start() throws IOException {
        client = new TestClient(URL);
        client.forgetEverything();
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "AUTO, RabbitMQ, 3.10.8, quorum, -",
                "AUTO, RabbitMQ, 4.2.9, quorum, -1",
                "AUTO, RabbitMQ, 10.0.0, quorum, -1",
                "AUTO, Apache Qpid Broker-J Core, 10.1.0, -, -",
                "CLASSIC, RabbitMQ, 4.2.9, -, -",
                "QUORUM, LavinMQ, 2.0.0, quorum, -",
            })
    void queues_are_quorum_queues_without_a_limit_where_there_are_such(
            QueueType type, String product, String version, String queueType, Integer deliveryLimit) {
        Map<String, Object> arguments = Topology.queueArguments(type, Map.of("product", product, "version", version));
        assertThat(arguments.get("x-queue-type")).isEqualTo(queueType);
        assertThat(arguments.get("x-delivery-limit")).isEqualTo(deliveryLimit);
    }

    @Test
    void only_what_happens_to_users_comes_in_and_all_of_it() throws Exception {
        new Topology(QueueType.AUTO).declare(client.channel().getConnection());
        for (String key : List.of("user.registered", "notification.sent", "user", "users.x", "user.a.b")) {
            client.channel().basicPublish(Topology.EVENTS, key, MessageProperties.MINIMAL_BASIC, new byte[0]);
        }
        client.channel().waitForConfirmsOrDie(10_000);
        assertThat(client.left()).isEqualTo(3);
    }

    @Test
    void a_queue_and_an_exchange_of_another_shape_are_used_as_they_are() throws IOException {
        client.channel().exchangeDeclare(Topology.PARKING, "topic", true);
        client.channel().queueDeclare(Topology.GENERAL_QUEUE, true, false, false, Map.of("x-max-length", 10_000));
        AtomicInteger handled = new AtomicInteger();
        try (TestAdapter adapter = new TestAdapter(URL, (_, _, _) -> {
                    handled.incrementAndGet();
                    return CompletableFuture.completedFuture(null);
                })
                .started()) {
            UserEventsContract.soon().until(() -> adapter.health.problem().isEmpty());
            client.register("u-1");
            UserEventsContract.soon().until(() -> handled.get() == 1);
        }
    }

    @Test
    void a_queue_that_was_taken_as_it_is_and_then_deleted_is_declared_again() throws IOException {
        client.channel().queueDeclare(Topology.GENERAL_QUEUE, true, false, false, Map.of("x-max-length", 10_000));
        try (TestAdapter adapter =
                new TestAdapter(URL, (_, _, _) -> CompletableFuture.completedFuture(null)).started()) {
            UserEventsContract.soon().until(() -> adapter.health.problem().isEmpty());
            client.channel().queueDelete(Topology.GENERAL_QUEUE);
            UserEventsContract.soon().until(() -> adapter.health.problem().isPresent());
            UserEventsContract.soon().until(() -> adapter.health.problem().isEmpty());
        }
        Connection connection = client.channel().getConnection();
        Topology again = new Topology(QueueType.AUTO);
        again.declare(connection);
        assertThat(connection.isOpen()).isTrue();
    }
}
