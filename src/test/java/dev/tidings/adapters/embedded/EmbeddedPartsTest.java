package dev.tidings.adapters.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import dev.tidings.application.caught.CaughtMessages;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

class EmbeddedPartsTest {

    private static final int MESSAGES = 50;

    @TempDir
    private Path directory;

    @Test
    void a_killed_process_does_not_stop_the_next_start_and_rows_and_messages_are_still_there() throws Exception {
        try (ChildJvm child = ChildJvm.in(directory)) {
            List<String> addresses = child.addresses();
            answer(addresses.getFirst(), "create table note as select 'kept' as text");
            publish(addresses.getLast());
            child.kill();
        }
        assertThat(postmasters()).as("left running").hasSize(2);

        try (ConfigurableApplicationContext context = TinyTidings.startedIn(directory)) {
            assertThat(answer(property(context, "tidings.database.url"), "select text from note"))
                    .isEqualTo("kept");
            assertThat(answer(property(context, "tidings.database.standby-url"), "select text from note"))
                    .isEqualTo("kept");
            assertThat(waitingMessages(property(context, "tidings.broker.url"))).isEqualTo(MESSAGES);
            assertThat(property(context, "tidings.embedded.parts")).isEqualTo("postgres,broker,mail");
        }
        assertThat(postmasters()).as("left running").isEmpty();
    }

    @Test
    void a_second_process_on_the_same_directory_is_refused_and_the_first_leaves_nothing_when_it_ends()
            throws Exception {
        try (ChildJvm first = ChildJvm.in(directory)) {
            String database = first.addresses().getFirst();

            assertThatThrownBy(() -> TinyTidings.startedIn(directory))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("Another Tidings (process " + first.pid() + ")")
                    .hasMessageContaining(directory.toString())
                    .hasMessageNotContaining("\n");

            assertThat(answer(database, "select 'alive'")).isEqualTo("alive");
            List<ProcessHandle> postmasters = postmasters();
            assertThat(postmasters).hasSize(2);
            first.terminate();
            assertThat(postmasters).noneMatch(EmbeddedPartsTest::runs);
        }
    }

    @Test
    void a_taken_port_is_named_with_its_holder_and_its_setting_and_nothing_is_started() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, Port.HOST);
                ChildJvm child = ChildJvm.with(
                        Map.of("TIDINGS_EMBEDDED_AMQP_PORT", Integer.toString(taken.getLocalPort())),
                        TinyTidings.anywhere(directory).stream()
                                .filter(argument -> !argument.contains("amqp-port"))
                                .toList())) {
            String output = child.outputUntilItEnds();

            assertThat(output)
                    .contains("Port " + taken.getLocalPort() + " (tidings.embedded.amqp-port)")
                    .contains("TIDINGS_EMBEDDED_AMQP_PORT=")
                    .contains("process " + ProcessHandle.current().pid())
                    .doesNotContain("\tat ");
            assertThat(child.exitCode()).isEqualTo(1);
            assertThat(directory.resolve("postgresql")).doesNotExist();
        }
    }

    @Test
    void in_production_all_that_is_missing_is_said_at_once_and_nothing_is_started() throws Exception {
        try (ChildJvm child = ChildJvm.with(
                Map.of("SPRING_PROFILES_ACTIVE", "production", "RABBITMQ_URL", ""), TinyTidings.anywhere(directory))) {
            String output = child.outputUntilItEnds();

            assertThat(output)
                    .contains("DATABASE_URL, RABBITMQ_URL, SMTP_HOST, TIDINGS_TOKEN")
                    .contains("DATABASE_URL=postgresql://")
                    .contains("RABBITMQ_URL=amqps://")
                    .doesNotContain("\tat ");
            assertThat(child.exitCode()).isEqualTo(1);
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void what_has_an_address_is_not_embedded() {
        try (ConfigurableApplicationContext context = TinyTidings.startedIn(
                directory,
                "--spring.profiles.active=production",
                "--tidings.database.url=postgresql://db.example/tidings",
                "--tidings.broker.url=amqp://broker.example",
                "--tidings.mail.host=smtp.example",
                "--tidings.access.token=secret")) {
            assertThat(property(context, "tidings.embedded.parts")).isEmpty();
            assertThat(property(context, "tidings.database.standby-url")).isEmpty();
            assertThat(property(context, "tidings.mail.port")).isEqualTo("587");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void each_part_can_be_replaced_alone() {
        try (ConfigurableApplicationContext context = TinyTidings.startedIn(
                directory,
                "--tidings.database.url=postgresql://db.example/tidings",
                "--tidings.broker.url=amqp://broker.example")) {
            assertThat(property(context, "tidings.embedded.parts")).isEqualTo("mail");
            assertThat(property(context, "tidings.mail.host")).isEqualTo("127.0.0.1");
            assertThat(property(context, "tidings.broker.url")).isEqualTo("amqp://broker.example");
            assertThat(context.getBean(CaughtMessages.class).newest(10)).isEmpty();
        }
    }

    private List<ProcessHandle> postmasters() throws IOException {
        List<ProcessHandle> postmasters = new ArrayList<>();
        for (String server : List.of("primary", "standby")) {
            Postmaster.of(directory.resolve("postgresql").resolve(server))
                    .flatMap(Postmaster::process)
                    .ifPresent(postmasters::add);
        }
        return postmasters;
    }

    /** One that has ended but was not yet collected by its parent counts as alive, yet has no command any more. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private static String property(ConfigurableApplicationContext context, String name) {
        return context.getEnvironment().getRequiredProperty(name);
    }

    private static String answer(String url, String sql) throws SQLException {
        String jdbcUrl = url.replace("postgresql://postgres@", "jdbc:postgresql://") + "?user=postgres";
        try (java.sql.Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }

    private static void publish(String url) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(url);
        try (Connection connection = factory.newConnection();
                Channel channel = connection.createChannel()) {
            channel.queueDeclare("kept", true, false, false, null);
            channel.confirmSelect();
            for (int i = 0; i < MESSAGES; i++) {
                channel.basicPublish("", "kept", MessageProperties.PERSISTENT_BASIC, new byte[500]);
            }
            channel.waitForConfirmsOrDie(10_000);
        }
    }

    private static long waitingMessages(String url) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(url);
        try (Connection connection = factory.newConnection();
                Channel channel = connection.createChannel()) {
            return channel.messageCount("kept");
        }
    }
}
