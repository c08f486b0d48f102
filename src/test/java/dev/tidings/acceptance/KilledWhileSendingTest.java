package dev.tidings.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.testing.TidingsProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** SIGKILL in the middle of the work, broker, databases' parent and mail catcher included: nothing accepted is lost. */
class KilledWhileSendingTest {

    private static final int EVENTS = 1_500;
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path directory;

    @Test
    void every_accepted_message_is_delivered_after_the_restart_and_doubles_are_listed() throws Exception {
        try (TidingsProcess tidings =
                TidingsProcess.started(directory, Map.of("TIDINGS_EMBEDDED_MAILBOX_SIZE", "10000"))) {
            Set<String> accepted = new TreeSet<>();
            try (Listener other = new Listener(tidings.amqp())) {
                for (int i = 0; i < EVENTS; i++) {
                    String user = UUID.randomUUID().toString();
                    other.publish("user.registered", event(user), Map.of());
                    accepted.add(user + "@example.org");
                    if (i == EVENTS * 2 / 3) {
                        tidings.kill();
                        break;
                    }
                }
            } catch (Exception e) {
                assertThat(accepted).isNotEmpty();
            }
            tidings.startAgain();
            await().atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(mails(tidings).keySet()).containsAll(accepted));
            for (Map.Entry<String, Integer> mail : mails(tidings).entrySet()) {
                if (mail.getValue() > 1) {
                    String user = mail.getKey().substring(0, mail.getKey().indexOf('@'));
                    assertThat(timelineOf(tidings, user)).contains("outcome_unknown");
                }
            }
        }
    }

    private static byte[] event(String user) {
        return """
                {"event_type": "UserRegistered", "event_id": "%s", "source_service": "user-service", "userid": "%s",
                 "username": "Ada", "email": "%s@example.org"}""".formatted(UUID.randomUUID(), user, user).getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Integer> mails(TidingsProcess tidings) {
        Map<String, Integer> mails = new HashMap<>();
        JSON.readTree(tidings.get("/mailbox/messages").body())
                .forEach(mail -> mails.merge(mail.path("to").get(0).asString(), 1, Integer::sum));
        return mails;
    }

    private static String timelineOf(TidingsProcess tidings, String user) {
        JsonNode history =
                JSON.readTree(tidings.get("/notifications/history/" + user).body());
        String id = history.path("items").get(0).path("notification_id").asString();
        return tidings.get("/notifications/" + id + "/timeline").body();
    }
}
