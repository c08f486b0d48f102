package dev.tidings.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.SendOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedriveTest {

    private static final String REDRIVE = "/notifications/redrive";
    private static final int FAILED = 5;

    private ServedFromMemory api;
    private List<String> failed;

    @BeforeEach
    void five_have_failed() {
        api = new ServedFromMemory();
        api.tidings.provider.answerAll(_ -> new SendOutcome.FailedForGood(new Failure("scripted", "no")));
        api.tidings.engine.start();
        failed = new ArrayList<>();
        for (int i = 0; i < FAILED; i++) {
            failed.add(api.post("/notifications/send", """
                    {"notification_type": "%s", "recipient_email": "ada@example.org", "subject": "Hi", "content": "%d"}""".formatted(i == 0 ? "security_alert" : "welcome", i))
                    .is(202)
                    .header("Location"));
            api.tidings.clock.advance(Duration.ofSeconds(1));
        }
        failed.forEach(path -> awaitStatus(path, "failed"));
        api.tidings.project(100);
        api.tidings.provider.answerAll(_ -> new SendOutcome.Accepted("yes"));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void unless_told_otherwise_it_only_says_what_would_be_done() {
        Answer preview =
                api.post(REDRIVE, "{\"type\": \"welcome\", \"limit\": 3}").is(200);

        assertThat(preview.json().at("/dry_run").booleanValue()).isTrue();
        assertThat(preview.json().at("/found").intValue()).isEqualTo(3);
        assertThat(preview.json().at("/more").booleanValue()).isTrue();
        assertThat("/notifications/" + preview.at("/first/0")).isEqualTo(failed.getLast());
        assertThat(api.get(failed.getLast()).at("/status")).isEqualTo("failed");
        assertThat(api.post(REDRIVE, "{\"provider\": \"another\"}")
                        .is(200)
                        .json()
                        .at("/found")
                        .intValue())
                .isZero();
    }

    @Test
    void all_that_match_are_tried_afresh_and_the_others_are_left() {
        Answer run =
                api.post(REDRIVE, "{\"type\": \"welcome\", \"dry_run\": false}").is(202);

        Answer done = await().until(
                        () -> api.get(run.header("Location")).is(200),
                        progress -> progress.at("/state").equals("done"));
        assertThat(run.json().at("/found").intValue()).isEqualTo(FAILED - 1);
        assertThat(done.json().at("/redriven").intValue()).isEqualTo(FAILED - 1);
        assertThat(done.at("/ended_at")).isNotEmpty();
        failed.subList(1, FAILED).forEach(path -> awaitStatus(path, "sent"));
        assertThat(api.get(failed.getFirst()).at("/status")).isEqualTo("failed");
    }

    @Test
    void what_was_sent_meanwhile_is_refused_and_counted() {
        api.post(failed.get(2) + "/redrive", "").is(200);
        awaitStatus(failed.get(2), "sent");

        Answer run = api.post(REDRIVE, "{\"dry_run\": false}").is(202);

        Answer done = await().until(
                        () -> api.get(run.header("Location")).is(200),
                        progress -> progress.at("/state").equals("done"));
        assertThat(done.json().at("/redriven").intValue()).isEqualTo(FAILED - 1);
        assertThat(done.json().at("/refused/already-sent").intValue()).isEqualTo(1);
        assertThat(api.tidings.provider.received().stream()
                        .filter(message ->
                                failed.get(2).endsWith(message.notificationId().toString())))
                .hasSize(2);
    }

    @Test
    void a_run_keeps_its_pace_and_there_is_one_at_a_time() {
        Answer run =
                api.post(REDRIVE, "{\"dry_run\": false, \"per_second\": 1}").is(202);

        api.post(REDRIVE, "{\"dry_run\": false}").isProblem(409, "redrive-under-way");
        api.post(REDRIVE, "{\"dry_run\": true}").is(200);

        Answer progress = api.get(run.header("Location")).is(200);
        assertThat(progress.at("/state")).isEqualTo("running");
        assertThat(progress.json().at("/redriven").intValue()).isLessThan(FAILED);
        assertThat(progress.json().has("ended_at")).isFalse();
    }

    @Test
    void an_outage_is_waited_for() {
        Answer run =
                api.post(REDRIVE, "{\"dry_run\": false, \"per_second\": 2}").is(202);
        api.tidings.transactions.goDown();
        await().until(() -> api.tidings.transactions.refusals() > 0);
        api.tidings.transactions.comeBack();

        Answer done = await().until(
                        () -> api.get(run.header("Location")).is(200),
                        progress -> progress.at("/state").equals("done"));
        assertThat(done.json().at("/redriven").intValue()).isEqualTo(FAILED);
    }

    @Test
    void an_unknown_run_is_not_found() {
        api.get(REDRIVE + "/42").isProblem(404, "unknown-run");
        api.get(REDRIVE + "/019ca945-0a00-7223-b921-174be2eb2053").isProblem(404, "unknown-run");
    }

    @Test
    void what_cannot_be_used_is_named_and_nothing_is_done() {
        Answer refused = api.post(REDRIVE, """
                {"dry_run": "no", "limit": 10001, "per_second": 0, "status": "failed", "type": "No Type",
                 "outcome": "known", "from": "2026-01-02T00:00:00Z", "to": "2026-01-01T00:00:00Z"}""").isProblem(400, "invalid-input");

        assertThat(refused.errors())
                .containsOnlyKeys("dry_run", "limit", "per_second", "status", "type", "outcome", "to");
    }

    private void awaitStatus(String path, String status) {
        await().until(() -> api.get(path).at("/status").equals(status));
    }
}
