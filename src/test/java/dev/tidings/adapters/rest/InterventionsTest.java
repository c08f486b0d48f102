package dev.tidings.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.SendOutcome;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterventionsTest {

    private static final String SEND = "/notifications/send";
    private static final String NOBODYS = "/notifications/019ca945-0a00-7000-8000-000000000000";
    private static final Failure FAILURE = new Failure("scripted", "as the test wants it");

    private static ServedFromMemory api;

    /** What is to become of a message is in its subject. */
    @BeforeAll
    static void start() {
        api = new ServedFromMemory();
        api.tidings.provider.answerAll(InterventionsTest::outcome);
        api.tidings.engine.start();
    }

    private static SendOutcome outcome(OutgoingMessage message) {
        return switch (message.message().subject()) {
            case "fails" -> new SendOutcome.FailedForGood(FAILURE);
            case "fails once" ->
                message.attempt() == 1 ? new SendOutcome.FailedForGood(FAILURE) : new SendOutcome.Accepted("at last");
            case "again" -> new SendOutcome.FailedForNow(FAILURE, Duration.ZERO);
            case "unknown" -> new SendOutcome.Unknown(FAILURE);
            default -> new SendOutcome.Accepted("at once");
        };
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void what_is_scheduled_goes_out_later_and_says_when() {
        String path = scheduled("\"send_at\": \"2026-03-01T13:00:00+00:00\", \"ttl_seconds\": 60");

        Answer details = api.get(path).is(200);

        assertThat(details.at("/status")).isEqualTo("scheduled");
        assertThat(details.at("/send_at")).isEqualTo("2026-03-01T13:00:00.000Z");
        assertThat(details.at("/next_attempt_at")).isEqualTo("2026-03-01T13:00:00.000Z");
        assertThat(details.at("/expires_at")).isEqualTo("2026-03-01T13:01:00.000Z");
        assertThat(details.json().at("/unknown_attempts").intValue()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"send_at\": \"tomorrow\"",
                "\"send_at\": \"2025-03-01T13:00:00Z\"",
                "\"send_at\": \"2030-03-01T13:00:00Z\"",
                "\"send_at\": 5",
                "\"delay_seconds\": -1",
                "\"delay_seconds\": 1.5",
                "\"delay_seconds\": \"60\"",
                "\"delay_seconds\": 99999999999999999999",
                "\"delay_seconds\": 60, \"send_at\": \"2026-03-01T13:00:00Z\"",
                "\"expires_at\": \"2026-03-01T11:00:00Z\"",
                "\"ttl_seconds\": 0",
                "\"ttl_seconds\": 60, \"expires_at\": \"2026-03-01T13:00:00Z\"",
                "\"deduplicate\": \"no\""
            })
    void a_time_that_cannot_be_used_is_named(String timing) {
        Answer refused = api.post(SEND, body("scheduled", timing)).isProblem(400, "invalid-input");

        assertThat(refused.errors()).containsOnlyKeys(timing.substring(1, timing.indexOf('"', 1)));
    }

    @Test
    void what_waits_is_taken_back_and_again_with_the_same_answer() {
        String path = scheduled("\"delay_seconds\": 3600");

        Answer cancelled = api.post(path + "/cancel", "").is(200);
        Answer again = api.post(path + "/cancel", "").is(200);
        Answer revoked = api.delete(path).is(200);

        assertThat(cancelled.at("/status")).isEqualTo("cancelled");
        assertThat(cancelled.json().has("send_at")).isFalse();
        assertThat(again.json()).isEqualTo(cancelled.json());
        assertThat(revoked.json()).isEqualTo(cancelled.json());
        assertThat(api.tidings.queue.all())
                .noneMatch(row -> path.endsWith(row.entry().notificationId().toString()));
    }

    @Test
    void what_was_sent_cannot_be_taken_back() {
        String path = become("sent", "welcome", "sent");

        api.delete(path).isProblem(409, "already-sent");
        api.patch(path, "{\"delay_seconds\": 60}").isProblem(409, "already-sent");
        api.post(path + "/redrive", "").isProblem(409, "already-sent");
        assertThat(api.get(path).at("/status")).isEqualTo("sent");
    }

    @Test
    void what_is_being_sent_cannot_be_taken_back() {
        api.tidings.provider.hold();
        Answer accepted =
                api.post(SEND, body("on its way", "\"deduplicate\": false")).is(202);
        String path = accepted.header("Location");
        await().until(() -> api.tidings.provider.received().stream()
                .anyMatch(message -> path.endsWith(message.notificationId().toString())));

        Answer refused = api.delete(path);
        api.tidings.provider.release();

        refused.isProblem(409, "already-on-its-way");
        await().until(() -> api.get(path).at("/status").equals("sent"));
    }

    @Test
    void what_was_never_tried_is_sent_at_another_time() {
        String path = scheduled("\"delay_seconds\": 3600, \"expires_at\": \"2026-03-02T00:00:00Z\"");

        Answer moved =
                api.patch(path, "{\"send_at\": \"2026-03-01T18:00:00Z\"}").is(200);

        assertThat(moved.at("/status")).isEqualTo("scheduled");
        assertThat(moved.at("/send_at")).isEqualTo("2026-03-01T18:00:00.000Z");
        api.patch(path, "{\"send_at\": \"2026-03-03T00:00:00Z\"}").isProblem(409, "already-expired");
        assertThat(api.patch(path, "{\"delay_seconds\": 60}").is(200).at("/send_at"))
                .isEqualTo("2026-03-01T12:01:00.000Z");
    }

    @Test
    void what_was_tried_is_not_put_off() {
        String path = become("again", "welcome", "retrying");

        api.patch(path, "{\"delay_seconds\": 60}").isProblem(409, "already-tried");
        api.post(path + "/redrive", "").isProblem(409, "not-ended");
        api.post(path + "/resolve", "{\"resolution\": \"sent\"}").isProblem(409, "nothing-unknown");
        assertThat(api.delete(path).is(200).at("/status")).isEqualTo("cancelled");
        api.post(path + "/redrive", "").isProblem(409, "already-ended");
    }

    @Test
    void what_is_held_is_resolved() {
        String path = become("unknown", "marketing", "held");
        assertThat(api.get(path).json().at("/unknown_attempts").intValue()).isEqualTo(1);

        api.delete(path).isProblem(409, "may-have-arrived");
        Answer resolved =
                api.post(path + "/resolve", "{\"resolution\": \"sent\"}").is(200);

        assertThat(resolved.at("/status")).isEqualTo("sent");
        assertThat(resolved.json().at("/unknown_attempts").intValue()).isZero();
        api.post(path + "/resolve", "{\"resolution\": \"sent\"}").is(200);
        api.post(path + "/resolve", "{\"resolution\": \"failed\"}").isProblem(409, "already-sent");
    }

    @Test
    void what_is_held_is_given_up_or_sent_again() {
        String givenUp = become("unknown", "marketing", "held");
        String again = become("unknown", "marketing", "held");

        assertThat(api.post(givenUp + "/resolve", "{\"resolution\": \"failed\"}")
                        .is(200)
                        .at("/status"))
                .isEqualTo("failed");
        api.post(again + "/resolve", "{\"resolution\": \"resend\"}").is(200);

        await().until(() -> api.get(again).json().at("/attempts").intValue() == 2);
    }

    @Test
    void what_has_failed_is_tried_afresh() {
        String path = become("fails once", "welcome", "failed");

        api.post(path + "/redrive", "").is(200);

        await().until(() -> api.get(path).at("/status").equals("sent"));
    }

    @Test
    void whoever_meets_somebody_faster_finds_what_that_one_has_done() {
        try (ServedFromMemory quiet = new ServedFromMemory()) {
            String path = quiet.post(SEND, body("scheduled", "\"delay_seconds\": 60"))
                    .is(202)
                    .header("Location");
            quiet.tidings.transactions.failNextCommit(new IllegalStateException("somebody was faster"));

            assertThat(quiet.delete(path).is(200).at("/status")).isEqualTo("cancelled");
        }
    }

    @Test
    void nobodys_notification_is_not_found() {
        api.delete(NOBODYS).isProblem(404, "unknown-notification");
        api.post(NOBODYS + "/cancel", "").isProblem(404, "unknown-notification");
        api.post(NOBODYS + "/redrive", "").isProblem(404, "unknown-notification");
        api.patch(NOBODYS, "{\"delay_seconds\": 60}").isProblem(404, "unknown-notification");
        assertThat(api.post(NOBODYS + "/resolve", "{\"resolution\": \"sent\"}")
                        .isProblem(404, "unknown-notification")
                        .at("/detail"))
                .contains(NOBODYS.substring("/notifications/".length()));
    }

    @Test
    void what_an_intervention_needs_is_named() {
        assertThat(api.post(NOBODYS + "/resolve", "{\"resolution\": \"maybe\", \"why\": 1}")
                        .isProblem(400, "invalid-input")
                        .errors())
                .containsOnlyKeys("resolution", "why");
        assertThat(api.patch(NOBODYS, "{}").isProblem(400, "invalid-input").errors())
                .containsOnlyKeys("send_at");
        assertThat(api.patch(NOBODYS, "{\"send_at\": \"2020-01-01T00:00:00Z\"}")
                        .isProblem(400, "invalid-input")
                        .errors())
                .containsEntry("send_at", "must not lie in the past");
        assertThat(api.delete("/notifications/42")
                        .isProblem(400, "invalid-input")
                        .errors())
                .containsOnlyKeys("id");
    }

    private static String scheduled(String timing) {
        return api.post(SEND, body("scheduled", timing + ", \"deduplicate\": false"))
                .is(202)
                .header("Location");
    }

    private static String become(String subject, String type, String status) {
        String path = api.post(SEND, body(subject, "\"deduplicate\": false").replace("welcome", type))
                .is(202)
                .header("Location");
        await().until(() -> api.get(path).at("/status").equals(status));
        return path;
    }

    private static String body(String subject, String more) {
        return """
                {"notification_type": "welcome", "recipient_email": "ada@example.org", "subject": "%s",
                 "content": "Hi!", %s}""".formatted(subject, more);
    }
}
