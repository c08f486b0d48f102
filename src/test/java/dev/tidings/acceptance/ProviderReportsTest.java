package dev.tidings.acceptance;

import static dev.tidings.acceptance.WholeService.PATIENCE;
import static dev.tidings.acceptance.WholeService.address;
import static dev.tidings.acceptance.WholeService.passwordReset;
import static dev.tidings.acceptance.WholeService.someone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.testing.TidingsHere;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a provider says later, from its callback to the next request. */
class ProviderReportsTest {

    private static TidingsHere tidings;
    private static Http http;

    @BeforeAll
    static void start() {
        tidings = TidingsHere.started(Map.of("tidings.mail.bounce-secret", "s3cret"));
        http = new Http(tidings.http());
    }

    @AfterAll
    static void stop() {
        tidings.close();
    }

    @Test
    void a_mail_that_bounces_is_bounced_and_nothing_more_is_sent_to_its_address_until_somebody_says_so() {
        String user = someone();
        String id = sent(user);

        assertThat(http.report("/callbacks/smtp", "wrong", report(id, "failed", "5.1.1")))
                .isEqualTo(403);
        assertThat(status(id)).isEqualTo("sent");
        assertThat(http.report("/callbacks/smtp", "s3cret", report(id, "failed", "5.1.1")))
                .isEqualTo(200);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(status(id)).isEqualTo("bounced"));
        assertThat(timeline(id)).endsWith("bounced").contains("sent");
        JsonNode suppression = http.get("/suppressions/email/" + address(user)).body();
        assertThat(suppression.path("reason").asString()).isEqualTo("bounced");
        assertThat(suppression.path("source").asString()).isEqualTo("smtp");

        JsonNode next = http.post("/notifications/send", another(user)).body();
        assertThat(next.path("status").asString()).isEqualTo("suppressed");
        String nextId = next.path("notification_id").asString();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                http.get("/notifications/" + nextId).body().toString())
                        .contains("bounced"));
        assertThat(timeline(nextId)).endsWith("suppressed");

        assertThat(http.delete("/suppressions/email/" + address(user))).isEqualTo(204);
        assertThat(http.post("/notifications/send", another(user))
                        .body()
                        .path("status")
                        .asString())
                .isNotEqualTo("suppressed");
    }

    @Test
    void a_mail_that_is_delivered_is_told_so_once_whatever_is_said_after_that() {
        String id = sent(someone());

        for (String action : List.of("delayed", "delivered", "delivered", "failed")) {
            String status = action.equals("failed") ? "5.1.1" : "2.0.0";
            assertThat(http.report("/callbacks/smtp/s3cret", "", report(id, action, status)))
                    .isEqualTo(200);
        }

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(status(id)).isEqualTo("delivered"));
        assertThat(timeline(id)).containsOnlyOnce("delivered").doesNotContain("bounced");
    }

    private static String sent(String user) {
        String id = http.post("/notifications/send", passwordReset(user))
                .body()
                .path("notification_id")
                .asString();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(status(id)).isEqualTo("sent"));
        return id;
    }

    private static Map<String, Object> another(String user) {
        return Map.of(
                "notification_type", "security_alert",
                "recipient_email", address(user),
                "subject", "A new device",
                "content", "Was it you?",
                "deduplicate", false);
    }

    private static String status(String id) {
        return http.get("/notifications/" + id).body().path("status").asString();
    }

    private static List<String> timeline(String id) {
        List<String> entries = new ArrayList<>();
        http.get("/notifications/" + id + "/timeline")
                .body()
                .path("entries")
                .forEach(entry -> entries.add(entry.path("what").asString()));
        return entries;
    }

    private static String report(String id, String action, String status) {
        return """
                From: MAILER-DAEMON@mx.example.org
                To: no-reply@tidings.example
                Subject: Undelivered Mail Returned to Sender
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="parts"

                --parts
                Content-Type: text/plain

                Your mail could not be delivered.
                --parts
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example.org

                Final-Recipient: rfc822; somebody@example.org
                Action: %s
                Status: %s
                Diagnostic-Code: smtp; 550 5.1.1 no such user

                --parts
                Content-Type: text/rfc822-headers

                Message-ID: <%s@tidings.example>
                X-Tidings-Attempt: 1

                --parts--
                """.formatted(action, status, id);
    }
}
