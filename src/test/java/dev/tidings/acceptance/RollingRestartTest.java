package dev.tidings.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.testing.TidingsProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Two nodes on one database and one broker, one of which is stopped and started again while both have work to do. */
class RollingRestartTest {

    private static final int EVENTS = 1_200;
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern SENT = Pattern.compile("tidings_outcomes_total\\{[^}]*outcome=\"sent\"[^}]*} (\\S+)");

    @TempDir
    Path directory;

    @Test
    void the_nodes_share_the_work_and_a_restart_loses_and_doubles_nothing() throws Exception {
        int smtp = TidingsProcess.freePort();
        try (TidingsProcess one = TidingsProcess.started(
                        made("one"),
                        Map.of(
                                "TIDINGS_NODE", "one",
                                "TIDINGS_EMBEDDED_SMTP_PORT", String.valueOf(smtp),
                                "TIDINGS_EMBEDDED_MAILBOX_SIZE", "10000"));
                TidingsProcess two = TidingsProcess.started(
                        made("two"),
                        Map.of(
                                "TIDINGS_NODE", "two",
                                "DATABASE_URL", one.databaseUrl(),
                                "RABBITMQ_URL", one.amqp(),
                                "SMTP_HOST", "127.0.0.1",
                                "SMTP_PORT", String.valueOf(smtp)));
                Listener other = new Listener(one.amqp())) {
            List<String> addresses = new ArrayList<>();
            publish(other, EVENTS / 3, addresses);
            await().atMost(Duration.ofSeconds(30)).until(() -> sent(two) > 0);
            Thread publishing = Thread.startVirtualThread(() -> publish(other, EVENTS / 3, addresses));
            two.stop();
            assertThat(publishing.join(Duration.ofSeconds(30))).isTrue();
            two.startAgain();
            publish(other, EVENTS / 3, addresses);

            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(mails(one)).hasSize(EVENTS));
            assertThat(mails(one).keySet()).containsExactlyInAnyOrderElementsOf(addresses);
            assertThat(mails(one).values()).containsOnly(1);
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                assertThat(sent(one)).isPositive();
                assertThat(sent(two)).isPositive();
            });
        }
    }

    private Path made(String node) throws IOException {
        return Files.createDirectory(directory.resolve(node));
    }

    private static void publish(Listener other, int count, List<String> addresses) {
        for (int i = 0; i < count; i++) {
            String user = UUID.randomUUID().toString();
            try {
                other.publish("user.registered", event(user), Map.of());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            addresses.add(user + "@example.org");
        }
    }

    private static byte[] event(String user) {
        return """
                {"event_type": "UserRegistered", "event_id": "%s", "source_service": "user-service", "userid": "%s",
                 "username": "Ada", "email": "%s@example.org"}""".formatted(UUID.randomUUID(), user, user).getBytes(StandardCharsets.UTF_8);
    }

    private static double sent(TidingsProcess node) {
        return SENT.matcher(node.get("/broker/prometheus").body())
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
    }

    private static Map<String, Integer> mails(TidingsProcess tidings) {
        Map<String, Integer> mails = new HashMap<>();
        JSON.readTree(tidings.get("/mailbox/messages").body())
                .forEach(mail -> mails.merge(mail.path("to").get(0).asString(), 1, Integer::sum));
        return mails;
    }
}
