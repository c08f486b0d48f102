package dev.tidings.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What came back. */
record Answer(int status, HttpHeaders headers, String body) {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    JsonNode json() {
        return MAPPER.readTree(body);
    }

    /** The text there, by JSON pointer. */
    String at(String pointer) {
        return json().at(pointer).asString();
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    Answer is(int expected) {
        assertThat(status).as(body).isEqualTo(expected);
        return this;
    }

    /** Checks all that every problem has. */
    Answer isProblem(int expected, String slug) {
        is(expected);
        assertThat(header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(at("/type")).isEqualTo("/problems/" + slug);
        assertThat(json().at("/status").intValue()).isEqualTo(expected);
        assertThat(List.of(at("/title"), at("/detail"), at("/instance"))).doesNotContain("");
        assertThat(at("/correlation_id")).isNotEmpty().isEqualTo(header("X-Correlation-ID"));
        return this;
    }

    /** What is wrong, by field. */
    Map<String, String> errors() {
        Map<String, String> errors = new LinkedHashMap<>();
        json().at("/errors")
                .forEach(error -> errors.put(
                        error.at("/field").asString(), error.at("/problem").asString()));
        return errors;
    }
}
