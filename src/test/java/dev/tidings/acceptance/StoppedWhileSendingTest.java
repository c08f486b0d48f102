package dev.tidings.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.adapters.embedded.PrivatePostgres;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.application.doubles.ScriptedProvider;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.testing.ScriptedOutside;
import dev.tidings.testing.TidingsHere;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An orderly stop in the middle of the work, and a start with work at hand: nothing is left in doubt. */
class StoppedWhileSendingTest {

    private static final int REQUESTS = 150;
    private static final String IN_DOUBT =
            "select count(*) from event_log where event = 'notification.attempt-outcome-unknown'";
    private static final String CLAIMED = "select count(*) from delivery_queue where claimed_until is not null";
    private static final String SENT = "select aggregate from event_log where event = 'notification.sent'";

    @Test
    void what_was_sent_before_a_stop_or_right_after_a_start_is_on_record(@TempDir Path directory) throws Exception {
        try (PrivatePostgres database = PrivatePostgres.started(directory.resolve("postgres"))) {
            ScriptedProvider provider;
            try (TidingsHere tidings = started(database)) {
                provider = tidings.get(ScriptedProvider.class);
                provider.answerAll(StoppedWhileSendingTest::slowly);
                request(new Http(tidings.http()));
            }

            List<String> received = new ArrayList<>(ids(provider.received()));
            assertThat(received).hasSizeBetween(1, REQUESTS - 1);
            assertThat(texts(database, SENT)).containsExactlyInAnyOrderElementsOf(received);
            assertThat(texts(database, CLAIMED)).containsExactly("0");

            try (TidingsHere tidings = started(database)) {
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(texts(database, SENT)).hasSize(REQUESTS));
                received.addAll(ids(tidings.get(ScriptedProvider.class).received()));
            }

            assertThat(received).hasSize(REQUESTS).doesNotHaveDuplicates();
            assertThat(texts(database, IN_DOUBT)).containsExactly("0");
        }
    }

    private static TidingsHere started(PrivatePostgres database) {
        return TidingsHere.started(
                Map.of("tidings.database.url", database.url(), "tidings.node", "one"), ScriptedOutside.class);
    }

    private static SendOutcome slowly(OutgoingMessage message) {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        return new SendOutcome.Accepted("accepted-" + message.notificationId());
    }

    private static void request(Http http) {
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            IntStream.range(0, REQUESTS)
                    .forEach(i -> threads.execute(() -> http.post(
                            "/notifications/send",
                            Map.of(
                                    "notification_type", "security_alert",
                                    "recipient_email", "ada" + i + "@example.org",
                                    "subject", "A new device",
                                    "content", "Was it you?"))));
        }
    }

    private static List<String> ids(List<OutgoingMessage> messages) {
        return messages.stream()
                .map(message -> message.notificationId().toString())
                .toList();
    }

    private static List<String> texts(PrivatePostgres database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (row.next()) {
                texts.add(row.getString(1));
            }
            return texts;
        }
    }
}
