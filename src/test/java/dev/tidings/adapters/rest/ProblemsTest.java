package dev.tidings.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tidings.application.doubles.Outage;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ProblemsTest {

    private static final String SEND = "/notifications/send";
    private static final String SOME_ID = "/notifications/019ca945-0a00-7223-b921-174be2eb2053";

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
    @EnumSource
    void every_kind_of_problem_explains_itself_at_its_own_address(ProblemType type) {
        Answer page = api.get(type.uri()).is(200);

        assertThat(page.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
        assertThat(page.body())
                .contains(
                        type.title(),
                        type.explanation(),
                        String.valueOf(type.status().value()));
        assertThat(api.get("/problems").body()).contains(page.body());
    }

    @Test
    void a_kind_of_problem_that_is_none_is_not_found() {
        api.get("/problems/no-such").isProblem(404, "not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/no/such/path", "/notifications/history", "/notifications/send/"})
    void an_unknown_path_is_not_found(String path) {
        Answer refused = api.get(path).isProblem(404, "not-found");

        assertThat(refused.at("/instance")).isEqualTo(path);
        assertThat(refused.at("/detail")).isEqualTo("There is nothing at " + path);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /notifications/send, POST",
        "DELETE, /notifications/send, POST",
        "GET, /notifications/preferences, POST",
        "POST, /notifications/preferences/ada, 'GET,PUT'",
        "PUT, /notifications/history/ada, GET",
        "GET, /notifications/batch, POST",
        "GET, /notifications/redrive, POST",
        "POST, /notifications, GET",
        "PUT, /notifications/019ca945-0a00-7223-b921-174be2eb2053, 'GET,PATCH,DELETE'",
        "GET, /notifications/019ca945-0a00-7223-b921-174be2eb2053/cancel, POST",
        "POST, /notifications/019ca945-0a00-7223-b921-174be2eb2053/timeline, GET"
    })
    void a_wrong_method_is_told_the_right_ones(String method, String path, String right) {
        Answer refused = api.send(api.request(path, "Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString("{}")))
                .isProblem(405, "method-not-allowed");

        assertThat(refused.header("Allow").split(",")).containsExactlyInAnyOrder(right.split(","));
        assertThat(refused.at("/detail")).startsWith(method + " can't be used here");
    }

    @Test
    void who_accepts_no_json_is_refused_before_anything_is_done() {
        int commits = api.tidings.transactions.commits();

        api.post(SEND, Examples.SEND_TEXT, "Accept", "text/html").isProblem(406, "not-acceptable");
        api.post(SEND, Examples.SEND_TEXT, "Accept", "nonsense").isProblem(406, "not-acceptable");

        assertThat(api.tidings.transactions.commits()).isEqualTo(commits);
    }

    @Test
    void what_nobody_foresaw_is_told_to_the_log_once_and_to_nobody_else(CapturedOutput output) {
        api.witness.failures.add(new IllegalStateException("the-inner-secret"));

        Answer failed = api.get(SOME_ID, "X-Correlation-ID", "find-me").isProblem(500, "internal-error");

        assertThat(failed.body()).doesNotContain("secret", "IllegalState");
        assertThat(output.getAll().split("java.lang.IllegalStateException: the-inner-secret", -1))
                .hasSize(2);
    }

    @Test
    void what_is_logged_of_a_failure_has_the_ids_of_its_trace() {
        String traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(Problems.class);
        logger.addAppender(lines);
        lines.start();
        try {
            api.witness.failures.add(new IllegalStateException("seen by a trace"));
            api.get(SOME_ID, "X-Correlation-ID", "find-me", "traceparent", "00-" + traceId + "-00f067aa0ba902b7-01")
                    .isProblem(500, "internal-error");
        } finally {
            logger.detachAppender(lines);
        }

        assertThat(lines.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getMDCPropertyMap())
                        .containsEntry("correlation_id", "find-me")
                        .containsEntry("traceId", traceId)
                        .containsKey("spanId"));
    }

    @Test
    void in_an_outage_a_caller_is_asked_to_come_back(CapturedOutput output) {
        api.tidings.transactions.goDown();
        Answer send = api.post(SEND, Examples.SEND_TEXT);
        Answer create = api.post("/notifications/preferences", Examples.CREATE_PREFERENCES);
        api.witness.failures.add(new Outage());
        Answer read = api.get(SOME_ID);
        api.tidings.transactions.comeBack();

        for (Answer turnedAway : new Answer[] {send, create, read}) {
            turnedAway.isProblem(503, "unavailable");
            assertThat(turnedAway.header("Retry-After")).isEqualTo("5");
        }
        assertThat(output.getAll()).contains("Turned a request away").doesNotContain("at dev.tidings");
        api.post(SEND, Examples.SEND_TEXT).is(202);
    }

    @Test
    void while_shutting_down_a_caller_is_asked_to_come_back() {
        try (ServedFromMemory closing = new ServedFromMemory()) {
            closing.tidings.accept.close();

            Answer turnedAway = closing.post(SEND, Examples.SEND_TEXT).isProblem(503, "unavailable");

            assertThat(turnedAway.header("Retry-After")).isEqualTo("5");
            assertThat(turnedAway.at("/detail")).contains("shutting down");
        }
    }
}
