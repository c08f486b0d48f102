package dev.tidings.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.adapters.providers.http.FakeVendor;
import dev.tidings.adapters.providers.http.FakeVendor.Heard;
import dev.tidings.application.delivery.CircuitBreaker.State;
import dev.tidings.application.delivery.Roster;
import dev.tidings.application.delivery.Route;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.testing.TidingsHere;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Two providers for one channel, the first of which dies under load, and comes back. */
class DyingProviderTest {

    private static final int MESSAGES = 5_000;
    private static final int BATCH = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Answers as Twilio does, and knows whom it took a message for. */
    private static final class Vendor implements AutoCloseable {

        private static final AtomicInteger IDS = new AtomicInteger();

        private final FakeVendor server = new FakeVendor();
        private final Queue<String> accepted = new ConcurrentLinkedQueue<>();

        Vendor() {
            server.will(this::accept);
        }

        private boolean accept(Heard request, Socket connection) throws IOException, InterruptedException {
            accepted.add(request.form().get("To"));
            return FakeVendor.answers(201, "{\"sid\":\"SM" + IDS.incrementAndGet() + "\",\"status\":\"queued\"}")
                    .answer(request, connection);
        }

        void dies() {
            server.will(FakeVendor.answers(503, "<html>Service Unavailable</html>", "Retry-After: 1"));
        }

        void comesBack() {
            server.will(this::accept);
        }

        @Override
        public void close() {
            server.close();
        }
    }

    @Test
    void no_message_is_lost_or_doubled_when_a_provider_dies_and_the_timeline_tells() throws Exception {
        try (Vendor first = new Vendor();
                Vendor second = new Vendor();
                TidingsHere tidings = TidingsHere.started(properties(first, second))) {
            Http http = new Http(tidings.http());
            Route route =
                    tidings.get(Roster.class).find(new ProviderName("first")).orElseThrow();
            submit(http, 0, 1_000);
            await().atMost(PATIENCE).until(() -> first.accepted.size() >= 300);

            first.dies();
            submit(http, 1_000, 4_000);
            await().atMost(PATIENCE).until(() -> route.circuit() == State.OPEN);
            await().atMost(PATIENCE).until(() -> second.accepted.size() >= 1_000);
            first.comesBack();
            int before = first.accepted.size();
            submit(http, 4_000, MESSAGES);
            await().atMost(PATIENCE).until(() -> ended(tidings) == MESSAGES);
            await().atMost(PATIENCE).until(() -> {
                submit(http, MESSAGES, MESSAGES + 1);
                return route.circuit() == State.CLOSED;
            });

            List<String> taken = new ArrayList<>(first.accepted);
            taken.addAll(second.accepted);
            taken.removeIf(number -> number.equals(number(MESSAGES)));
            assertThat(taken).doesNotHaveDuplicates().hasSize(MESSAGES);
            assertThat(Set.copyOf(taken))
                    .isEqualTo(IntStream.range(0, MESSAGES)
                            .mapToObj(DyingProviderTest::number)
                            .collect(Collectors.toSet()));
            assertThat(first.accepted.size()).isGreaterThan(before);
            assertThat(failedOver(tidings)).isPositive();
            assertThat(timeline(http, oneThatFailedOver(tidings)))
                    .contains("failed_over", "sent")
                    .doesNotContain("outcome_unknown");
        }
    }

    private static Map<String, Object> properties(Vendor first, Vendor second) {
        Map<String, Object> properties = new HashMap<>();
        int priority = 0;
        for (Map.Entry<String, Vendor> each : List.of(Map.entry("first", first), Map.entry("second", second))) {
            String prefix = "tidings.providers." + each.getKey() + ".";
            properties.put(prefix + "kind", "twilio-sms");
            properties.put(prefix + "base-url", each.getValue().server.url());
            properties.put(prefix + "account-sid", "AC00000000000000000000000000000000");
            properties.put(prefix + "auth-token", "secret");
            properties.put(prefix + "from", "+4930123456");
            properties.put(prefix + "priority", ++priority);
            properties.put(prefix + "concurrency", 32);
        }
        return properties;
    }

    private static String number(int index) {
        return "+49151" + (10_000_000 + index);
    }

    private static void submit(Http http, int from, int to) throws Exception {
        for (int start = from; start < to; start += BATCH) {
            List<Map<String, ?>> items = IntStream.range(start, Math.min(to, start + BATCH))
                    .<Map<String, ?>>mapToObj(index -> Map.of(
                            "notification_type",
                            "welcome",
                            "channel",
                            "sms",
                            "recipient_phone",
                            number(index),
                            "content",
                            "Hello, number " + index,
                            "deduplicate",
                            false))
                    .toList();
            assertThat(http.post("/notifications/batch", Map.of("notifications", items))
                            .body()
                            .path("refused")
                            .asInt())
                    .isZero();
        }
    }

    private static int ended(TidingsHere tidings) {
        return count(
                tidings,
                "select count(distinct aggregate_identifier) from domain_event_entry"
                        + " where payload_type = 'notification.sent'");
    }

    private static int failedOver(TidingsHere tidings) {
        return count(
                tidings,
                "select count(*) from domain_event_entry where payload_type = 'notification.attempt-failed-over'");
    }

    private static int count(TidingsHere tidings, String sql) {
        Integer count = tidings.get(JdbcTemplate.class).queryForObject(sql, Integer.class);
        return count == null ? 0 : count;
    }

    private static String oneThatFailedOver(TidingsHere tidings) {
        return tidings.get(JdbcTemplate.class)
                .queryForList(
                        "select aggregate_identifier from domain_event_entry"
                                + " where payload_type = 'notification.attempt-failed-over' limit 1",
                        String.class)
                .getFirst();
    }

    private static Set<String> timeline(Http http, String id) throws Exception {
        Set<String> told = new HashSet<>();
        http.get("/notifications/" + id + "/timeline")
                .body()
                .path("entries")
                .forEach(entry -> told.add(entry.path("what").asString()));
        return told;
    }
}
