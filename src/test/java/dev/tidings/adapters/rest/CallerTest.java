package dev.tidings.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.notification.RequestContext;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final String TRACEPARENT = "00-" + TRACE + "-" + SPAN + "-01";
    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

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
    @ValueSource(strings = {"x", "order 7, line 3", "!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~", "123"})
    void a_correlation_id_comes_back_and_stays_with_the_notification(String id) {
        Answer accepted = api.post("/notifications/send", Examples.SEND_TEXT, "X-Correlation-ID", id)
                .is(202);

        assertThat(accepted.header("X-Correlation-ID")).isEqualTo(id);
        assertThat(context(accepted).correlationId()).isEqualTo(id);
    }

    @Test
    void a_correlation_id_may_have_128_characters() {
        String longest = "x".repeat(128);

        assertThat(api.get("/problems", "X-Correlation-ID", longest).header("X-Correlation-ID"))
                .isEqualTo(longest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "a\tb", "129"})
    void an_unusable_correlation_id_is_replaced_and_never_an_error(String id) {
        Answer accepted = api.post(
                        "/notifications/send",
                        Examples.SEND_TEXT,
                        "X-Correlation-ID",
                        id.equals("129") ? "x".repeat(129) : id)
                .is(202);

        assertThat(accepted.header("X-Correlation-ID")).matches(UUID);
        assertThat(context(accepted).correlationId()).isEqualTo(accepted.header("X-Correlation-ID"));
    }

    @Test
    void who_gives_no_correlation_id_gets_another_one_each_time() {
        String first = api.get("/problems").header("X-Correlation-ID");

        assertThat(first).matches(UUID);
        assertThat(api.get("/problems").header("X-Correlation-ID"))
                .matches(UUID)
                .isNotEqualTo(first);
    }

    @Test
    void the_calling_service_is_known_or_default() {
        assertThat(context(api.post("/notifications/send", Examples.SEND_TEXT, "X-Service-Id", "shop.eu-1"))
                        .serviceId()
                        .value())
                .isEqualTo("shop.eu-1");
        assertThat(context(api.post("/notifications/send", Examples.SEND_TEXT))
                        .serviceId()
                        .value())
                .isEqualTo("default");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "-shop", "shop/1"})
    void a_malformed_service_id_is_named(String id) {
        Answer refused = api.post("/notifications/send", Examples.SEND_TEXT, "X-Service-Id", id)
                .isProblem(400, "invalid-input");

        assertThat(refused.errors()).containsOnlyKeys("X-Service-Id");
    }

    @Test
    void a_notification_belongs_to_the_callers_trace_by_the_span_of_its_request() {
        String kept =
                String.valueOf(context(api.post("/notifications/send", Examples.SEND_TEXT, "traceparent", TRACEPARENT))
                        .traceparent());

        assertThat(kept).matches("00-" + TRACE + "-[0-9a-f]{16}-01").doesNotContain(SPAN);
    }

    @Test
    void a_caller_without_a_trace_starts_one() {
        assertThat(context(api.post("/notifications/send", Examples.SEND_TEXT)).traceparent())
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]");
    }

    @Test
    void without_tracing_the_callers_own_span_is_kept() {
        assertThat(given(TRACEPARENT)).contains(TRACEPARENT);
        assertThat(given("00-" + TRACE + "-" + SPAN + "-00")).contains("00-" + TRACE + "-" + SPAN + "-00");
    }

    @Test
    void a_later_version_is_read_as_the_known_one() {
        assertThat(given("cc-" + TRACE + "-" + SPAN + "-01-what-the-future-will-be-like"))
                .contains(TRACEPARENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "ff-" + TRACE + "-" + SPAN + "-01",
                TRACEPARENT + "-more",
                "00-" + TRACE + "-" + SPAN,
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + "-1"
            })
    void an_invalid_traceparent_is_none(String header) {
        assertThat(given(header)).isEmpty();
    }

    @Test
    void two_traceparents_are_none() {
        assertThat(given(TRACEPARENT, TRACEPARENT)).isEmpty();
        assertThat(given()).isEmpty();
    }

    private static Optional<String> given(String... headers) {
        return Traceparent.given(List.of(headers));
    }

    private static RequestContext context(Answer accepted) {
        String id = accepted.is(202).at("/notification_id");
        return api.tidings.events.messages().stream()
                .filter(message -> message.getAggregateIdentifier().equals(id))
                .map(message -> RequestContext.of(message.getMetaData()))
                .findFirst()
                .orElseThrow();
    }
}
