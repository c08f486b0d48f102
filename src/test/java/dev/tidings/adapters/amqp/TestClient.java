package dev.tidings.adapters.amqp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** Another service, with a plain client. */
final class TestClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Connection connection;
    private final Channel channel;
    private final AtomicInteger unroutable = new AtomicInteger();

    TestClient(String url) {
        BrokerUrl address = BrokerUrl.parse(url);
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(address.host());
        factory.setPort(address.port());
        factory.setAutomaticRecoveryEnabled(false);
        try {
            connection = factory.newConnection("test");
            channel = connection.createChannel();
            channel.confirmSelect();
            channel.addReturnListener(_ -> unroutable.incrementAndGet());
        } catch (IOException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    Channel channel() {
        return channel;
    }

    /** Leaves the broker as it was before anybody declared anything. */
    void forgetEverything() throws IOException {
        tolerantly(each -> each.queueDelete(Topology.GENERAL_QUEUE));
        tolerantly(each -> each.queueDelete(Topology.REQUESTS_QUEUE));
        tolerantly(each -> each.queueDelete(Topology.PARKED));
        tolerantly(each -> each.exchangeDelete(Topology.EVENTS));
        tolerantly(each -> each.exchangeDelete(Topology.REQUESTS));
        tolerantly(each -> each.exchangeDelete(Topology.PARKING));
    }

    /** Qpid can't delete what isn't there. */
    private void tolerantly(Deletion deletion) throws IOException {
        Channel each = connection.createChannel();
        try {
            deletion.on(each);
        } catch (IOException notThere) {
            assertThat(notThere).hasRootCauseInstanceOf(ShutdownSignalException.class);
        } finally {
            each.abort();
        }
    }

    private interface Deletion {
        void on(Channel channel) throws IOException;
    }

    void publish(String routingKey, String body) {
        publish(
                routingKey,
                MessageProperties.PERSISTENT_BASIC,
                body.replace('\'', '"').getBytes(UTF_8));
    }

    void publish(String routingKey, BasicProperties properties, byte[] body) {
        publish(Topology.EVENTS, routingKey, properties, body);
    }

    void request(BasicProperties properties, String body) {
        publish(
                Topology.REQUESTS,
                Topology.REQUESTS_KEY,
                properties,
                body.replace('\'', '"').getBytes(UTF_8));
    }

    private void publish(String exchange, String routingKey, BasicProperties properties, byte[] body) {
        try {
            channel.basicPublish(exchange, routingKey, true, properties, body);
            channel.waitForConfirmsOrDie(PATIENCE.toMillis());
            assertThat(unroutable).as("messages that reach no queue").hasValue(0);
        } catch (IOException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void register(String userid) {
        publish("user.registered", registration(userid));
    }

    static String registration(String userid) {
        return "{'event_type': 'UserRegistered', 'event_id': 'e-" + userid + "', 'source_service': 'users', 'userid': '"
                + userid + "', 'email': 'ada@example.org', 'username': 'Ada'}";
    }

    List<GetResponse> parked(int expected) {
        List<GetResponse> parked = new ArrayList<>();
        Awaitility.await("parked messages").atMost(PATIENCE).until(() -> {
            GetResponse next = channel.basicGet(Topology.PARKED, true);
            if (next != null) {
                parked.add(next);
            }
            return parked.size() == expected;
        });
        return parked;
    }

    /** How many take from the general queue. */
    int consumers() throws IOException {
        return channel.queueDeclarePassive(Topology.GENERAL_QUEUE).getConsumerCount();
    }

    /** Takes what is in the general queue. The count that a broker tells may be some moments old. */
    int left() throws IOException {
        int left = 0;
        while (channel.basicGet(Topology.GENERAL_QUEUE, true) != null) {
            left++;
        }
        return left;
    }

    @Override
    public void close() {
        connection.abort();
    }
}
