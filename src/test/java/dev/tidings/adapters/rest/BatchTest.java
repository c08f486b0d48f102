package dev.tidings.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.domain.notification.NotificationId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {

    private static final String BATCH = "/notifications/batch";

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
    void each_is_accepted_or_refused_for_itself_in_their_order() {
        Answer answer =
                api.post(BATCH, batch(item("first"), """
                {"notification_type": "newsletter", "recipient_email": "nobody", "subject": "Hi", "content": "Hi"}""", "17", item("last"))).is(202);

        assertThat(answer.json().at("/accepted").intValue()).isEqualTo(2);
        assertThat(answer.json().at("/refused").intValue()).isEqualTo(2);
        assertThat(answer.json()
                        .at("/results")
                        .valueStream()
                        .map(each -> each.at("/index").intValue()))
                .containsExactly(0, 1, 2, 3);
        assertThat(answer.at("/results/0/status")).isEqualTo("queued");
        assertThat(contentOf(answer.at("/results/0/notification_id"))).isEqualTo("The first one");
        assertThat(answer.at("/results/1/problem/type")).isEqualTo("/problems/invalid-input");
        assertThat(answer.at("/results/1/problem/instance")).isEqualTo("/notifications/batch#/notifications/1");
        assertThat(answer.json()
                        .at("/results/1/problem/errors")
                        .valueStream()
                        .map(each -> each.at("/field").asString()))
                .containsExactly("recipient_email", "notification_type");
        assertThat(answer.at("/results/2/problem/type")).isEqualTo("/problems/malformed-json");
        assertThat(contentOf(answer.at("/results/3/notification_id"))).isEqualTo("The last one");
    }

    @Test
    void of_two_that_say_the_same_one_is_suppressed_as_a_copy_of_the_other() {
        Answer answer = api.post(BATCH, batch(item("twin"), item("twin"))).is(202);

        String copy = answer.at("/results/0/status").equals("suppressed") ? "/results/0" : "/results/1";
        String original = copy.equals("/results/0") ? "/results/1" : "/results/0";
        assertThat(answer.at(original + "/status")).isEqualTo("queued");
        assertThat(answer.at(copy + "/status")).isEqualTo("suppressed");
        assertThat(answer.at(copy + "/duplicate_of")).isEqualTo(answer.at(original + "/notification_id"));
    }

    @Test
    void a_repeated_batch_gets_the_same_ids() {
        String body = batch(item("once"), item("and another"));
        Answer first = api.post(BATCH, body, "Idempotency-Key", "the batch").is(202);

        Answer again = api.post(BATCH, body, "Idempotency-Key", "the batch").is(202);

        for (int i = 0; i < 2; i++) {
            assertThat(again.at("/results/" + i + "/notification_id"))
                    .isNotEmpty()
                    .isEqualTo(first.at("/results/" + i + "/notification_id"));
            assertThat(again.json().at("/results/" + i + "/duplicate").booleanValue())
                    .isTrue();
        }
    }

    @Test
    void an_items_own_key_goes_before_the_batchs() {
        String keyed = item("keyed").replace("}", ", \"idempotency_key\": \"own\"}");
        Answer batch = api.post(BATCH, batch(item("unkeyed"), keyed), "Idempotency-Key", "of all")
                .is(202);

        Answer alone = api.post("/notifications/send", item("keyed"), "Idempotency-Key", "own")
                .is(202);
        Answer other = api.post("/notifications/send", item("unkeyed"), "Idempotency-Key", "of all/0")
                .is(202);

        assertThat(alone.at("/notification_id")).isEqualTo(batch.at("/results/1/notification_id"));
        assertThat(other.at("/notification_id")).isEqualTo(batch.at("/results/0/notification_id"));
    }

    @Test
    void a_reused_key_is_that_items_problem() {
        api.post(BATCH, batch(item("said")), "Idempotency-Key", "said before").is(202);

        Answer answer = api.post(BATCH, batch(item("said otherwise"), item("new")), "Idempotency-Key", "said before")
                .is(202);

        assertThat(answer.at("/results/0/problem/type")).isEqualTo("/problems/idempotency-key-reused");
        assertThat(answer.json().at("/results/0/problem/status").intValue()).isEqualTo(422);
        assertThat(answer.at("/results/1/status")).isEqualTo("queued");
    }

    @Test
    void a_key_that_cannot_be_used_is_a_fields_error_of_its_item() {
        Answer answer = api.post(BATCH, batch(item("unusable").replace("}", ", \"idempotency_key\": \" \"}")))
                .is(202);

        assertThat(answer.at("/results/0/problem/errors/0/field")).isEqualTo("idempotency_key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"notifications\": []}",
                "{\"notifications\": {}}",
                "{\"notifications\": \"all\"}",
                "{\"notifications\": null}"
            })
    void without_a_list_nothing_is_done(String body) {
        assertThat(api.post(BATCH, body).isProblem(400, "invalid-input").errors())
                .containsOnlyKeys("notifications");
    }

    @Test
    void a_thousand_are_taken_and_one_more_is_too_many() {
        List<String> items = IntStream.range(0, 1_001)
                .mapToObj(i -> item("one of many: " + i))
                .toList();

        Answer answer = api.post(BATCH, batch(items.subList(0, 1_000).toArray(String[]::new)))
                .is(202);
        assertThat(answer.json().at("/accepted").intValue()).isEqualTo(1_000);

        assertThat(api.post(BATCH, batch(items.toArray(String[]::new)))
                        .isProblem(400, "invalid-input")
                        .errors())
                .containsEntry("notifications", "must be a list, in brackets, of 1 to 1000");
    }

    @Test
    void sixteen_mib_are_read_and_one_byte_more_is_too_large() {
        String one = item("x".repeat(1_000_000));
        String body = batch(IntStream.range(0, 16).mapToObj(_ -> one).toArray(String[]::new));
        String largest = body + " ".repeat(16 * 1024 * 1024 - body.length());

        api.post(BATCH, largest).is(202);
        assertThat(api.post(BATCH, largest + " ").isProblem(413, "too-large").at("/detail"))
                .contains("16 MiB");
    }

    @Test
    void what_is_no_json_is_refused_as_a_whole() {
        api.post(BATCH, "{\"notifications\": [").isProblem(400, "malformed-json");
        api.post(BATCH, "[]").isProblem(400, "malformed-json");
    }

    @Test
    void in_an_outage_that_lets_nothing_through_the_caller_is_asked_to_come_back() {
        api.tidings.transactions.goDown();
        Answer turnedAway = api.post(BATCH, batch(item("down"), "17"));
        api.tidings.transactions.comeBack();

        assertThat(turnedAway.isProblem(503, "unavailable").header("Retry-After"))
                .isEqualTo("5");
    }

    private static String batch(String... items) {
        return List.of(items).stream().collect(Collectors.joining(",", "{\"notifications\": [", "]}"));
    }

    private static String item(String content) {
        return """
                {"notification_type": "welcome", "recipient_email": "ada@example.org", "subject": "Hi", "content": "The %s one"}""".formatted(content);
    }

    private static String contentOf(String id) {
        return api.tidings
                .contents
                .find(NotificationId.of(id))
                .orElseThrow()
                .message()
                .text();
    }
}
