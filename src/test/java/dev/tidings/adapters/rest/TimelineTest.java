package dev.tidings.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineTest {

    private static ServedFromMemory api;

    @BeforeAll
    static void start() {
        api = new ServedFromMemory();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void it_says_what_was_asked_what_was_looked_at_and_what_came_of_it() {
        api.post("/notifications/preferences", """
                {"userid": "ada", "notification_email": "ada@example.org", "preferences": {"marketing": false}}""").is(201);
        Answer accepted =
                api.post("/notifications/send", """
                {"notification_type": "marketing", "recipient_email": "ada@example.org", "subject": "Buy",
                 "content": "Buy!", "userid": "ada"}""", "X-Service-Id", "shop").is(202);

        Answer timeline = api.get(accepted.at("/links/timeline")).is(200);

        assertThat(timeline.at("/notification_id")).isEqualTo(accepted.at("/notification_id"));
        assertThat(timeline.at("/status")).isEqualTo("suppressed");
        assertThat(entries(timeline))
                .containsExactly(
                        "2026-03-01T12:00:00.000Z requested: shop asked for marketing by email, lane low, ready content",
                        "2026-03-01T12:00:00.000Z asked_preferences: marketing is off: suppress",
                        "2026-03-01T12:00:00.000Z asked_duplicate: no recent copy: send",
                        "2026-03-01T12:00:00.000Z asked_suppression: the address isn't suppressed: send",
                        "2026-03-01T12:00:00.000Z suppressed: marketing is off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/timeline"})
    void an_unknown_id_is_not_found(String what) {
        api.get("/notifications/019ca945-0a00-7223-b921-174be2eb2053" + what).isProblem(404, "unknown-notification");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/timeline"})
    void a_malformed_id_is_named(String what) {
        Answer refused = api.get("/notifications/42" + what).isProblem(400, "invalid-input");

        assertThat(refused.errors()).containsOnlyKeys("id");
    }

    private static List<String> entries(Answer timeline) {
        List<String> entries = new ArrayList<>();
        timeline.json()
                .at("/entries")
                .forEach(entry -> entries.add(entry.at("/at").asString() + " "
                        + entry.at("/what").asString() + ": " + entry.at("/why").asString()));
        return entries;
    }
}
