package dev.tidings.adapters.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.adapters.operations.Http.Answer;
import dev.tidings.application.commit.DatabaseHealth.Standby;
import dev.tidings.application.delivery.DeliveryQueue.Depth;
import dev.tidings.application.delivery.DeliveryQueue.Oldest;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.recipient.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ConfigurableApplicationContext;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HealthEndpointsTest {

    /** An answer about a part is good for a second. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private ConfigurableApplicationContext context;
    private Scripted parts;
    private Http http;

    @BeforeAll
    void start() {
        context = TinyOperations.start();
        parts = context.getBean(Scripted.class);
        http = Http.to(context);
    }

    @AfterAll
    void stop() {
        context.close();
    }

    @AfterEach
    void mend() {
        parts.primaryProblem = null;
        parts.brokerProblem = null;
        parts.mailProblem = null;
        parts.standby = new Standby.Following(Duration.ZERO);
        parts.depths = List.of();
        parts.oldest = List.of();
        CountDownLatch stuck = parts.brokerAnswersAfter;
        parts.brokerAnswersAfter = null;
        if (stuck != null) {
            stuck.countDown();
        }
    }

    @Test
    void a_ping_asks_no_part() throws Exception {
        parts.primaryProblem = "can't be reached";

        Answer answer = http.get("/broker/ping");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"ok\",\"node\":\"node-7\"}");
    }

    @Test
    void all_parts_say_how_they_are() {
        Answer answer = soon("/broker/health", 200, "up");

        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.json().get("node").asString()).isEqualTo("node-7");
        assertThat(answer.json().get("parts").propertyNames())
                .containsExactly("primary", "standby", "broker", "mail", "delivery", "projections");
        assertThat(answer.json().get("parts").values())
                .allSatisfy(part -> assertThat(part.propertyNames()).containsExactly("status", "detail", "took_ms"));
    }

    @Test
    void without_the_primary_the_main_job_cannot_be_done() {
        parts.primaryProblem = "can't be reached";

        soon("/broker/health", 503, "down", "\"primary\":{\"status\":\"down\",\"detail\":\"can't be reached\"");
        soon("/health", 503, "down");
        soon("/health/db", 503, "down");
        soon("/broker/health/readiness", 503, "down");
        soon("/broker/health/liveness", 200, "up");
    }

    @Test
    void without_the_broker_requests_are_still_accepted() {
        parts.brokerProblem = "connection refused";

        soon("/broker/health", 200, "degraded");
        soon("/health", 200, "degraded");
        soon("/health/broker", 503, "down");
        soon("/broker/health/readiness", 200, "up");
    }

    @Test
    void without_the_mail_relay_mails_wait() {
        parts.mailProblem = "connection refused";

        soon("/broker/health", 200, "degraded", "smtp: connection refused");
    }

    @Test
    void without_the_standby_the_primary_answers_reads() {
        parts.standby = new Standby.Broken("can't be reached");

        soon("/broker/health", 200, "degraded");
        soon("/health/db", 200, "degraded");
    }

    @Test
    void a_standby_that_is_far_behind_is_told() {
        parts.standby = new Standby.Following(Duration.ofMinutes(3));

        soon("/broker/health", 200, "degraded", "3 min behind");
    }

    @Test
    void one_database_is_enough() {
        parts.standby = new Standby.Absent();

        soon("/broker/health", 200, "up", "the primary answers reads");
    }

    @Test
    void what_has_been_due_for_too_long_is_told() {
        parts.depths = List.of(new Depth(Channel.EMAIL, Lane.INSTANT, 7));
        parts.oldest =
                List.of(new Oldest(Channel.EMAIL, Lane.INSTANT, Instant.now().minusSeconds(90)));
        context.getBean(Watch.class).look();

        soon("/broker/health", 200, "degraded", "email/instant: 7, due for 90");

        parts.depths = List.of();
        parts.oldest = List.of();
        context.getBean(Watch.class).look();
    }

    @Test
    void a_part_that_hangs_is_down_and_holds_nobody_up() {
        parts.brokerAnswersAfter = new CountDownLatch(1);

        soon("/broker/health", 200, "degraded", "\"broker\":{\"status\":\"down\",\"detail\":\"no answer within 2 s\"");
    }

    @Test
    void a_flood_of_questions_does_no_harm() {
        int before = parts.primaryAsked.get();
        long start = System.nanoTime();

        List<CompletableFuture<Integer>> answers = IntStream.range(0, 500)
                .mapToObj(_ -> http.statusOf("/broker/health"))
                .toList();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(200));
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        assertThat(parts.primaryAsked.get() - before).isLessThanOrEqualTo((int) seconds + 2);
    }

    @Test
    void who_starts_or_stops_is_not_ready_but_alive() {
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        soon("/broker/health/readiness", 503, "down");
        soon("/broker/health/liveness", 200, "up");

        AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
        soon("/broker/health/readiness", 200, "up");
    }

    @Test
    void who_is_broken_says_so() {
        AvailabilityChangeEvent.publish(context, LivenessState.BROKEN);
        soon("/broker/health/liveness", 503, "down");

        AvailabilityChangeEvent.publish(context, LivenessState.CORRECT);
        soon("/broker/health/liveness", 200, "up");
    }

    @Test
    void boots_own_endpoints_are_closed() throws Exception {
        assertThat(http.get("/actuator").status()).isEqualTo(404);
        assertThat(http.get("/actuator/health").status()).isEqualTo(404);
        assertThat(http.get("/actuator/env").status()).isEqualTo(404);
    }

    private Answer soon(String path, int status, String word, String... details) {
        return Awaitility.await(path + " is " + word)
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> http.get(path),
                        answer -> answer.status() == status
                                && answer.json().get("status").asString().equals(word)
                                && Stream.of(details).allMatch(answer.body()::contains));
    }
}
