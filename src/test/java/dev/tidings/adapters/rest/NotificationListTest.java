package dev.tidings.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.SendOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationListTest {

    private static final String LIST = "/notifications";

    private static ServedFromMemory api;
    private static final List<String> oldestFirst = new ArrayList<>();

    /** Two for Ada, one for nobody of which nobody knows whether it arrived, one from a template that waits. */
    @BeforeAll
    static void start() {
        api = new ServedFromMemory();
        api.tidings.provider.answerAll(message -> message.message().text().equals("The lost one")
                ? new SendOutcome.Unknown(new Failure("lost", "in the dark"))
                : new SendOutcome.Accepted("yes"));
        api.tidings.engine.start();
        send("welcome", "The sent one", "\"userid\": \"ada\"", "shop");
        send("security_alert", "sent too", "\"userid\": \"ada\"", "blog");
        send("marketing", "The lost one", "\"priority\": \"low\"", "blog");
        send(
                "password_reset",
                "password_reset",
                "\"template_vars\": {\"reset_link\": \"x\"}, \"delay_seconds\": 60",
                "blog");
        await().until(() -> {
            api.tidings.project(100);
            return ids(api.get(LIST + "?status=sent")).size() == 2
                    && ids(api.get(LIST + "?status=held")).size() == 1;
        });
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void the_newest_come_first_page_by_page() {
        Answer first = api.get(LIST + "?limit=3").is(200);
        String link = first.header("Link");

        assertThat(link).startsWith("<" + LIST + "?limit=3&cursor=");
        List<String> seen = new ArrayList<>(ids(first));
        seen.addAll(ids(api.get(link.substring(1, link.indexOf('>'))).is(200)));
        assertThat(seen).isEqualTo(oldestFirst.reversed());
    }

    @ParameterizedTest
    @CsvSource({
        "userid=ada, 0 1",
        "userid=eve, ''",
        "service_id=blog, 1 2 3",
        "type=welcome, 0",
        "status=scheduled, 3",
        "status=held, 2",
        "template=password_reset, 3",
        "provider=scripted, 0 1 2",
        "provider=another, ''",
        "outcome=unknown, 2",
        "outcome=unknown&status=sent, ''",
        "from=2026-03-01T12:00:02Z, 2 3",
        "to=2026-03-01T12:00:02Z, 0 1",
        "service_id=blog&provider=scripted&userid=ada, 1"
    })
    void filters_narrow_it(String query, String expected) {
        assertThat(ids(api.get(LIST + "?" + query).is(200)))
                .containsExactlyInAnyOrderElementsOf(
                        expected.isEmpty()
                                ? List.of()
                                : List.of(expected.split(" ")).stream()
                                        .map(number -> oldestFirst.get(Integer.parseInt(number)))
                                        .toList());
    }

    @Test
    void the_history_of_a_person_takes_the_same_filters() {
        assertThat(ids(api.get("/notifications/history/ada?service_id=blog&provider=scripted")
                        .is(200)))
                .containsExactly(oldestFirst.get(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"userid=a%20b", "outcome=known", "provider=%00", "template=%00", "colour=red"})
    void a_parameter_that_cannot_be_used_is_named(String query) {
        Answer refused = api.get(LIST + "?" + query).isProblem(400, "invalid-input");

        assertThat(refused.errors()).containsOnlyKeys(query.substring(0, query.indexOf('=')));
    }

    private static void send(String type, String content, String more, String service) {
        oldestFirst.add(api.post("/notifications/send", """
                        {"notification_type": "%s", "recipient_email": "ada@example.org", "subject": "Hi",
                         "content": "%s", %s}""".formatted(type, content, more), "X-Service-Id", service)
                .is(202)
                .at("/notification_id"));
        api.tidings.clock.advance(Duration.ofSeconds(1));
    }

    private static List<String> ids(Answer page) {
        return page.is(200)
                .json()
                .at("/items")
                .valueStream()
                .map(item -> item.at("/notification_id").asString())
                .toList();
    }
}
