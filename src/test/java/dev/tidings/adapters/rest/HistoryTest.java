package dev.tidings.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {

    private static final String HISTORY = "/notifications/history/";
    private static final int SENT = 7;

    private static ServedFromMemory api;
    private static List<String> oldestFirst;

    /** Ada is sent one notification an hour, from noon on; the last one is suppressed. */
    @BeforeAll
    static void start() {
        api = new ServedFromMemory();
        oldestFirst = new ArrayList<>();
        api.post("/notifications/preferences", """
                {"userid": "ada", "notification_email": "ada@example.org", "preferences": {"marketing": false}}""").is(201);
        for (int i = 0; i < SENT - 1; i++) {
            send("ada", "security_alert", "X-Service-Id", i % 2 == 0 ? "shop" : "blog");
            api.tidings.clock.advance(Duration.ofHours(1));
        }
        send("ada", "marketing");
        api.post("/notifications/send", body("bob", "security_alert")).is(202);
        api.tidings.project(100);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void the_newest_comes_first_and_others_notifications_do_not_come() {
        Answer all = api.get(HISTORY + "ada").is(200);

        assertThat(ids(all)).isEqualTo(oldestFirst.reversed());
        assertThat(all.json().at("/next").isNull()).isTrue();
        assertThat(all.headers().firstValue("Link")).isEmpty();
        assertThat(all.at("/items/0/status")).isEqualTo("suppressed");
        assertThat(all.at("/items/0/requested_at")).isEqualTo("2026-03-01T18:00:00.000Z");
    }

    @Test
    void pages_follow_each_other_without_gap_or_overlap() {
        List<String> seen = new ArrayList<>();
        String page = HISTORY + "ada?limit=3";
        int pages = 0;
        while (!page.isEmpty()) {
            Answer answer = api.get(page).is(200);
            seen.addAll(ids(answer));
            pages++;
            page = next(answer);
            if (!page.isEmpty()) {
                assertThat(page).isEqualTo(HISTORY + "ada?limit=3&cursor=" + answer.at("/next"));
            }
        }

        assertThat(pages).isEqualTo(3);
        assertThat(seen).isEqualTo(oldestFirst.reversed());
    }

    @Test
    void the_next_page_keeps_the_filters() {
        Answer first = api.get(HISTORY + "ada?service_id=shop&limit=2&from=2026-03-01T12%3A00%3A00%2B00%3A00")
                .is(200);

        assertThat(next(first)).contains("service_id=shop", "from=2026-03-01T12%3A00%3A00%2B00%3A00");
        assertThat(ids(api.get(next(first)).is(200))).containsExactly(oldestFirst.get(0));
    }

    @ParameterizedTest
    @CsvSource({
        "type=security_alert, 6",
        "type=marketing, 1",
        "type=not_known_any_more, 0",
        "status=queued, 6",
        "status=suppressed, 1",
        "status=sent, 0",
        "service_id=shop, 3",
        "service_id=default, 1",
        "from=2026-03-01T17:00:00Z, 2",
        "to=2026-03-01T17:00:00Z, 5",
        "from=2026-03-01T13:00:00Z&to=2026-03-01T14:00:00.001Z, 2",
        "from=2026-03-01T14:00:00%2B01:00, 6",
        "limit=&type=, 7",
        "limit=200, 7"
    })
    void filters_narrow_it(String query, int expected) {
        assertThat(ids(api.get(HISTORY + "ada?" + query).is(200))).hasSize(expected);
    }

    @Test
    void somebody_who_was_never_sent_anything_has_an_empty_history() {
        assertThat(api.get(HISTORY + "nobody").is(200).body()).isEqualTo("{\"items\":[],\"next\":null}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=201",
                "limit=-1",
                "limit=ten",
                "limit=1e2",
                "limit=99999999999",
                "limit=1&limit=2",
                "cursor=x",
                "cursor=AAAAAAAAAAAAAAAAAAAAAA",
                "cursor=AZLwxH0efMOdGw9qT14rPA%3D%3D",
                "cursor=%F0%9F%98%80",
                "type=Password",
                "status=SENT",
                "status=unknown",
                "service_id=a%20b",
                "from=yesterday",
                "from=2026-03-01",
                "from=-1000000000-01-01T00:00:00Z",
                "to=%2B1000000000-01-01T00:00:00Z",
                "limt=5",
                "userid=eve"
            })
    void a_parameter_that_cannot_be_used_is_named(String query) {
        Answer refused = api.get(HISTORY + "ada?" + query).isProblem(400, "invalid-input");

        assertThat(refused.errors()).containsOnlyKeys(query.substring(0, query.indexOf('=')));
    }

    @Test
    void all_parameters_that_cannot_be_used_are_named_at_once() {
        Answer refused = api.get(HISTORY + "a%20b?limit=0&cursor=x&status=no&from=2026-01-02T00:00:00Z"
                        + "&to=2026-01-01T00:00:00Z&verbose=1")
                .isProblem(400, "invalid-input");

        assertThat(refused.errors()).containsOnlyKeys("userid", "limit", "cursor", "status", "to", "verbose");
    }

    @Test
    void a_cursor_is_safe_in_a_url() {
        String cursor = api.get(HISTORY + "ada?limit=1").at("/next");

        assertThat(cursor).matches("[A-Za-z0-9_-]{22}");
        assertThat(Base64.getUrlDecoder().decode(cursor)).hasSize(16);
    }

    private static void send(String userid, String type, String... headers) {
        oldestFirst.add(api.post("/notifications/send", body(userid, type), headers)
                .is(202)
                .at("/notification_id"));
    }

    private static String body(String userid, String type) {
        return """
                {"notification_type": "%s", "recipient_email": "%s@example.org", "userid": "%s", "subject": "Hi",
                 "content": "Hi!"}""".formatted(type, userid, userid);
    }

    private static List<String> ids(Answer history) {
        List<String> ids = new ArrayList<>();
        history.json()
                .at("/items")
                .forEach(item -> ids.add(item.at("/notification_id").asString()));
        return ids;
    }

    private static String next(Answer answer) {
        String link = answer.header("Link");
        return link.isEmpty() ? "" : link.substring(1, link.indexOf(">; rel=\"next\""));
    }
}
