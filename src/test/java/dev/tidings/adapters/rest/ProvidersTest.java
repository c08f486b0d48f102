package dev.tidings.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProvidersTest {

    private static final String ONE = "/providers/scripted";

    private ServedFromMemory api;

    @BeforeEach
    void start() {
        api = new ServedFromMemory();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void each_says_how_it_is_and_how_much_it_gets() {
        Answer one = api.get(ONE).is(200);

        assertThat(one.json()).isEqualTo(api.get("/providers").is(200).json().at("/items/0"));
        assertThat(one.at("/name")).isEqualTo("scripted");
        assertThat(one.at("/channel")).isEqualTo("email");
        assertThat(one.at("/mode")).isEqualTo("active");
        assertThat(one.at("/circuit")).isEqualTo("closed");
        assertThat(one.json().has("open_since")).isFalse();
        assertThat(one.json().at("/sandbox").booleanValue()).isFalse();
        assertThat(one.json().at("/per_second").intValue()).isEqualTo(50);
        assertThat(one.json().has("per_day")).isFalse();
        assertThat(one.json().at("/under_way").intValue()).isZero();
        assertThat(one.json().at("/concurrency").intValue()).isEqualTo(4);
        api.get("/providers/nobody").isProblem(404, "unknown-provider");
    }

    @Test
    void an_open_circuit_is_told_with_its_age_and_its_end() {
        api.breaker.down(Duration.ofSeconds(20));
        api.tidings.clock.advance(Duration.ofMillis(8_500));

        Answer open = api.get(ONE).is(200);

        assertThat(open.at("/circuit")).isEqualTo("open");
        assertThat(open.at("/open_since")).isEqualTo("2026-03-01T12:00:00.000Z");
        assertThat(open.json().at("/tried_in_seconds").longValue()).isEqualTo(12);
    }

    @Test
    void what_is_chosen_goes_before_what_is_configured_and_what_is_left_out_stays() {
        api.patch(ONE, "{\"priority\": 1, \"weight\": 0}").is(200);
        Answer draining = api.patch(ONE, "{\"mode\": \"draining\"}").is(200);

        assertThat(draining.json()).isEqualTo(api.get(ONE).json());
        assertThat(draining.at("/mode")).isEqualTo("draining");
        assertThat(draining.json().at("/priority").intValue()).isEqualTo(1);
        assertThat(draining.json().at("/weight").intValue()).isZero();
        assertThat(draining.at("/configured/mode")).isEqualTo("active");
        assertThat(draining.json().at("/configured/priority").intValue()).isEqualTo(100);
        assertThat(draining.json().at("/configured/weight").intValue()).isEqualTo(100);
        assertThat(draining.json().at("/per_second").intValue()).isEqualTo(50);
    }

    @Test
    void it_is_switched_off_and_on_again() {
        assertThat(api.patch(ONE, "{\"active\": false}").is(200).at("/mode")).isEqualTo("inactive");
        assertThat(api.patch(ONE, "{}").is(200).at("/mode")).isEqualTo("inactive");
        assertThat(api.patch(ONE, "{\"active\": true}").is(200).at("/mode")).isEqualTo("active");
        assertThat(api.patch(ONE, "{\"active\": true, \"mode\": \"draining\"}")
                        .is(200)
                        .at("/mode"))
                .isEqualTo("draining");
    }

    @Test
    void all_that_is_wrong_is_named_at_once_and_nothing_is_chosen() {
        assertThat(api.patch(ONE, """
                        {"mode": "off", "active": "no", "priority": -1, "weight": 1001, "perSecond": 1}""").isProblem(400, "invalid-input").errors())
                .containsOnlyKeys("mode", "active", "priority", "weight", "perSecond")
                .containsEntry("mode", "must be one of active, draining, inactive")
                .containsEntry("weight", "must be a whole number from 0 to 1000");
        assertThat(api.patch(ONE, "{\"active\": false, \"mode\": \"draining\", \"weight\": 1}")
                        .is(400)
                        .errors())
                .containsOnlyKeys("mode");
        assertThat(api.patch(ONE, "{\"active\": true, \"mode\": \"inactive\"}")
                        .is(400)
                        .errors())
                .containsOnlyKeys("mode");
        api.patch("/providers/nobody", "{\"weight\": 1}").isProblem(404, "unknown-provider");
        assertThat(api.get(ONE).json().at("/weight").intValue()).isEqualTo(100);
    }
}
