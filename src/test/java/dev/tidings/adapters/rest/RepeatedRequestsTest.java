package dev.tidings.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatedRequestsTest {

    private static final String SEND = "/notifications/send";

    private static ServedFromMemory api;

    @BeforeAll
    static void start() {
        api = new ServedFromMemory();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Idempotency-Key", "X-Idempotency-Key"})
    void a_repeated_request_is_answered_as_the_first_one_was(String header) {
        String body = later("repeated by " + header);
        Answer first = api.post(SEND, body, header, "key of " + header).is(202);

        Answer again = api.post(SEND, body, header, "key of " + header).is(202);

        assertThat(first.at("/status")).isEqualTo("scheduled");
        assertThat(again.at("/status")).isEqualTo("scheduled");
        assertThat(again.at("/notification_id")).isEqualTo(first.at("/notification_id"));
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.json().at("/duplicate").booleanValue()).isTrue();
        assertThat(first.json().has("duplicate")).isFalse();
    }

    @Test
    void the_order_of_its_fields_does_not_make_another_request() {
        Answer first = api.post(SEND, """
                {"notification_type": "welcome", "recipient_email": "ada@example.org", "subject": "Order",
                 "content": "Hi", "template_vars": {"a": 1, "b": 2}}""", "Idempotency-Key", "order").is(202);

        Answer again = api.post(SEND, """
                {"template_vars": {"b": 2, "a": 1}, "content": "Hi", "subject": "Order",
                 "recipient_email": "ada@example.org", "notification_type": "welcome"}""", "Idempotency-Key", "order").is(202);

        assertThat(again.at("/notification_id")).isEqualTo(first.at("/notification_id"));
    }

    @Test
    void another_request_under_the_same_key_is_refused() {
        api.post(SEND, text("one"), "Idempotency-Key", "reused").is(202);
        int commits = api.tidings.events.messages().size();

        Answer refused =
                api.post(SEND, text("another"), "Idempotency-Key", "reused").isProblem(422, "idempotency-key-reused");

        assertThat(refused.at("/detail")).contains("reused");
        assertThat(api.tidings.events.messages()).hasSize(commits);
    }

    @Test
    void a_key_is_its_services_own() {
        Answer shop = api.post(SEND, text("of the shop"), "Idempotency-Key", "shared", "X-Service-Id", "shop")
                .is(202);
        Answer blog = api.post(SEND, text("of the blog"), "Idempotency-Key", "shared", "X-Service-Id", "blog")
                .is(202);

        assertThat(blog.at("/notification_id")).isNotEqualTo(shop.at("/notification_id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "a\tb", "256"})
    void a_key_that_cannot_be_used_is_named_by_its_header(String key) {
        String given = key.equals("256") ? "x".repeat(256) : key;

        assertThat(api.post(SEND, text("unusable"), "Idempotency-Key", given)
                        .isProblem(400, "invalid-input")
                        .errors())
                .containsOnlyKeys("Idempotency-Key");
        assertThat(api.post(SEND, text("unusable"), "X-Idempotency-Key", given)
                        .isProblem(400, "invalid-input")
                        .errors())
                .containsOnlyKeys("X-Idempotency-Key");
    }

    @Test
    void a_key_may_have_255_characters() {
        api.post(SEND, text("long key"), "Idempotency-Key", "~".repeat(255)).is(202);
    }

    @Test
    void two_headers_must_say_the_same() {
        api.post(SEND, text("twice"), "Idempotency-Key", "same", "X-Idempotency-Key", "same")
                .is(202);

        assertThat(api.post(SEND, text("twice"), "Idempotency-Key", "this", "X-Idempotency-Key", "that")
                        .isProblem(400, "invalid-input")
                        .errors())
                .containsOnlyKeys("Idempotency-Key");
    }

    @Test
    void a_copy_is_suppressed_and_says_of_what_unless_copies_are_wanted() {
        Answer first = api.post(SEND, text("copied")).is(202);

        Answer copy = api.post(SEND, text("copied")).is(202);
        Answer wanted = api.post(SEND, text("copied").replace("}", ", \"deduplicate\": false}"))
                .is(202);

        assertThat(copy.at("/status")).isEqualTo("suppressed");
        assertThat(copy.at("/duplicate_of")).isEqualTo(first.at("/notification_id"));
        assertThat(copy.json().has("duplicate")).isFalse();
        assertThat(wanted.at("/status")).isEqualTo("queued");
        assertThat(wanted.json().has("duplicate_of")).isFalse();
    }

    private static String text(String content) {
        return """
                {"notification_type": "welcome", "recipient_email": "ada@example.org", "subject": "Hi", "content": "The %s one"}""".formatted(content);
    }

    private static String later(String content) {
        return text(content).replace("}", ", \"delay_seconds\": 60}");
    }
}
