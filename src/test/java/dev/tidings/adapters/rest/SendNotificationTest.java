package dev.tidings.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.notification.NotificationContents.Content;
import dev.tidings.domain.notification.NotificationId;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SendNotificationTest {

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

    @Test
    void the_readmes_own_example_is_accepted() {
        Answer answer = api.post(SEND, """
                {
                  "notification_type": "email_verification",
                  "recipient_email": "user@example.com",
                  "subject": "Verify Your Email",
                  "content": "email_verification",
                  "template_vars": {
                    "username": "John Doe",
                    "verification_link": "https://app.com/verify/token123"
                  }
                }""").is(202);

        String id = answer.at("/notification_id");
        assertThat(answer.header("Location")).isEqualTo("/notifications/" + id);
        assertThat(answer.at("/status")).isEqualTo("queued");
        assertThat(answer.at("/links/self")).isEqualTo("/notifications/" + id);
        assertThat(answer.at("/links/timeline")).isEqualTo("/notifications/" + id + "/timeline");
        assertThat(answer.json().propertyNames()).containsExactly("notification_id", "status", "links");
        Content content = contentOf(answer);
        assertThat(content.recipient().value()).isEqualTo("user@example.com");
        assertThat(content.message().subject()).isEqualTo("Verify Your Email");
        assertThat(content.message().text()).contains("username: John Doe");
    }

    @Test
    void what_was_accepted_is_found_at_its_location_at_once() {
        Answer accepted = api.post(SEND, Examples.SEND_TEMPLATE, "X-Correlation-ID", "order 7", "X-Service-Id", "shop")
                .is(202);

        Answer found = api.get(accepted.header("Location")).is(200);

        assertThat(found.at("/notification_id")).isEqualTo(accepted.at("/notification_id"));
        assertThat(found.at("/notification_type")).isEqualTo("password_reset");
        assertThat(found.at("/recipient_email")).isEqualTo("ada@example.org");
        assertThat(found.at("/subject")).isEqualTo("Reset your password");
        assertThat(found.at("/userid")).isEqualTo("a1b2c3d4e5f6789012345678901234ab");
        assertThat(found.at("/template/name")).isEqualTo("password_reset");
        assertThat(found.at("/channel")).isEqualTo("email");
        assertThat(found.at("/priority")).isEqualTo("instant");
        assertThat(found.at("/service_id")).isEqualTo("shop");
        assertThat(found.at("/correlation_id")).isEqualTo("order 7");
        assertThat(found.at("/requested_at")).isEqualTo("2026-03-01T12:00:00.000Z");
        assertThat(found.at("/links/self")).isEqualTo(accepted.header("Location"));
    }

    @Test
    void ready_text_is_sent_as_it_is() {
        Answer accepted = api.post(SEND, """
                {"notification_type": "security_alert", "recipient_email": "ada@example.org",
                 "subject": "Was it you?", "content": "Somebody signed in: ${no} <b>template</b> ✉"}""").is(202);

        assertThat(contentOf(accepted).message().text()).isEqualTo("Somebody signed in: ${no} <b>template</b> ✉");
        assertThat(contentOf(accepted).message().html()).isNull();
    }

    @Test
    void a_blank_subject_and_nulls_are_as_good_as_none() {
        Answer accepted = api.post(SEND, """
                {"notification_type": "password_reset", "recipient_email": "ada@example.org", "subject": " ",
                 "content": "password_reset", "template_vars": {"reset_link": "https://a.example"}, "userid": null,
                 "priority": null}""").is(202);

        assertThat(contentOf(accepted).message().subject()).isEqualTo("password_reset");
    }

    @Test
    void priority_chooses_the_lane() {
        Answer accepted = api.post(SEND, """
                {"notification_type": "security_alert", "recipient_email": "ada@example.org", "subject": "Hello",
                 "content": "Hello", "priority": "low"}""").is(202);

        assertThat(api.get(accepted.header("Location")).at("/priority")).isEqualTo("low");
    }

    @Test
    void a_type_that_was_switched_off_is_suppressed_and_says_why() {
        api.post("/notifications/preferences", """
                {"userid": "quiet", "notification_email": "ada@example.org", "preferences": {"marketing": false}}""").is(201);

        Answer accepted = api.post(SEND, """
                {"notification_type": "marketing", "recipient_email": "ada@example.org", "subject": "Buy",
                 "content": "Buy!", "userid": "quiet"}""").is(202);

        assertThat(accepted.at("/status")).isEqualTo("suppressed");
        Answer found = api.get(accepted.header("Location"));
        assertThat(found.at("/status")).isEqualTo("suppressed");
        assertThat(found.at("/reason")).isEqualTo("marketing is off");
    }

    @Test
    void everything_that_is_wrong_is_named_at_once() {
        Answer refused = api.post(SEND, """
                {"notification_type": "Password Reset", "recipient_email": "nobody", "subject": "a\\nb",
                 "content": "email_verification", "template_vars": {"username": null}, "userid": "a b",
                 "priority": "URGENT", "prioritiy": "low"}""").isProblem(400, "invalid-input");

        assertThat(refused.errors())
                .containsOnlyKeys(
                        "notification_type",
                        "recipient_email",
                        "subject",
                        "template_vars.username",
                        "template_vars.verification_link",
                        "userid",
                        "priority",
                        "prioritiy")
                .containsEntry("recipient_email", "must be an email address such as ada@example.org")
                .containsEntry("priority", "must be one of instant, high, normal, low")
                .containsEntry("template_vars.verification_link", "is missing; template email_verification needs it")
                .containsEntry(
                        "prioritiy",
                        "is unknown; known are notification_type, channel, channels, fallback, recipient_email,"
                                + " recipient_phone, recipient_token, recipient_subscription, subject, content,"
                                + " template_vars, userid, provider_id, data, media_url, provider_options, priority,"
                                + " send_at, delay_seconds, expires_at, ttl_seconds, deduplicate");
        assertThat(refused.at("/detail")).contains("recipient_email must be an email address", "prioritiy is unknown");
    }

    @Test
    void a_field_of_the_wrong_type_is_complained_about_once_and_never_coerced() {
        Answer refused = api.post(SEND, """
                {"notification_type": 1, "recipient_email": ["ada@example.org"], "subject": true, "content": {},
                 "template_vars": "username=Ada", "userid": 12345, "priority": 0}""").isProblem(400, "invalid-input");

        assertThat(refused.json().at("/errors")).hasSize(7);
        assertThat(refused.errors())
                .isEqualTo(Map.of(
                        "notification_type", "must be a string",
                        "recipient_email", "must be a string",
                        "subject", "must be a string",
                        "content", "must be a string",
                        "template_vars", "must be an object, in braces",
                        "userid", "must be a string",
                        "priority", "must be a string"));
    }

    @Test
    void an_unknown_type_is_told_which_there_are() {
        Answer refused = api.post(SEND, """
                {"notification_type": "newsletter", "recipient_email": "ada@example.org", "subject": "Hello",
                 "content": "Hello"}""").isProblem(400, "invalid-input");

        assertThat(refused.errors())
                .containsOnly(
                        Map.entry(
                                "notification_type",
                                "is unknown; known are email_verification, marketing, password_reset, security_alert, welcome"));
    }

    @Test
    void a_variable_that_the_template_cannot_use_is_the_callers_error() {
        Answer refused = api.post(SEND, """
                {"notification_type": "password_reset", "recipient_email": "ada@example.org",
                 "content": "password_reset", "template_vars": {"reset_link": ["a", "b"]}}""").isProblem(400, "invalid-input");

        assertThat(refused.errors()).containsOnlyKeys("template_vars");
    }

    @Test
    void variables_may_be_of_every_plain_kind() {
        Answer accepted = api.post(SEND, """
                {"notification_type": "password_reset", "recipient_email": "ada@example.org",
                 "content": "password_reset",
                 "template_vars": {"reset_link": "https://a.example", "count": 3, "price": 19.90, "vip": true,
                                   "order": {"lines": [{"sku": "x", "tags": [1]}]}}}""").is(202);

        assertThat(contentOf(accepted).message().text())
                .contains("count: 3\n", "price: 19.90\n", "vip: true\n", "order: {lines=[{sku=x, tags=[1]}]}\n");
    }

    @Test
    void rendering_and_accepting_happen_on_a_virtual_thread_that_logs_the_correlation_id() {
        api.witness.seen.clear();

        api.post(SEND, Examples.SEND_TEMPLATE, "X-Correlation-ID", "seen-by-the-witness")
                .is(202);

        assertThat(api.witness.seen).containsExactly(new Witness.Seen(true, "seen-by-the-witness"));
    }

    private static Content contentOf(Answer accepted) {
        return api.tidings
                .contents
                .find(NotificationId.of(accepted.at("/notification_id")))
                .orElseThrow();
    }
}
