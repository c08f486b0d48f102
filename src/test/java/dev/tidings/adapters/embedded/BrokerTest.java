package dev.tidings.adapters.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerTest {

    private static final int MIB = 1024 * 1024;

    @TempDir
    private Path directory;

    private Broker broker;

    @BeforeEach
    void start() throws Exception {
        broker = new Broker(directory, Port.anyFree("tidings.embedded.amqp-port"));
        broker.start();
    }

    @AfterEach
    void stop() {
        broker.stop();
    }

    @Test
    void clients_find_their_virtual_host_however_they_spell_the_default_one() throws Exception {
        for (String virtualHost : List.of("", "/", "default")) {
            ConnectionFactory factory = factory();
            factory.setVirtualHost(virtualHost);
            try (Connection connection = factory.newConnection()) {
                assertThat(connection.isOpen()).isTrue();
            }
        }
    }

    @Test
    void a_durable_topology_and_large_persistent_messages_survive_a_restart() throws Exception {
        byte[] body = new byte[11 * MIB];
        body[body.length - 1] = 42;
        try (Connection connection = factory().newConnection();
                Channel channel = connection.createChannel()) {
            channel.exchangeDeclare("events", "topic", true);
            channel.queueDeclare("general", true, false, false, null);
            channel.queueBind("general", "events", "user.#");
            channel.confirmSelect();
            channel.basicPublish("events", "user.registered", MessageProperties.PERSISTENT_BASIC, body);
            channel.waitForConfirmsOrDie(10_000);
        }

        stop();
        broker.start();

        try (Connection connection = factory().newConnection();
                Channel channel = connection.createChannel()) {
            GetResponse kept = channel.basicGet("general", true);
            assertThat(kept.getBody()).isEqualTo(body);
            channel.basicPublish("events", "user.x", MessageProperties.PERSISTENT_BASIC, new byte[] {1});
            assertThat(channel.basicGet("general", true)).isNotNull();
        }
    }

    private ConnectionFactory factory() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(String.valueOf(broker.properties().get("tidings.broker.url")));
        return factory;
    }
}
