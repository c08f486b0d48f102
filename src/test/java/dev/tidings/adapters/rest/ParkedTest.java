package dev.tidings.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParkedTest {

    private ServedFromMemory api;

    @BeforeEach
    void start() {
        api = new ServedFromMemory();
        api.tidings.parked.park("a", "invalid_fields", Instant.parse("2026-01-31T12:00:00Z"));
        api.tidings.parked.park("b", "not_stored", Instant.parse("2026-01-31T12:00:01Z"));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void the_list_tells_why_and_whence_but_not_what_is_said() {
        Answer all = api.get("/parked").is(200);
        assertThat(all.json().at("/matched").intValue()).isEqualTo(2);
        assertThat(all.at("/items/0/message")).isEqualTo("a");
        assertThat(all.at("/items/0/reason_code")).isEqualTo("invalid_fields");
        assertThat(all.at("/items/0/headers/x-retry")).isEqualTo("4");
        assertThat(all.json().at("/items/0").has("body")).isFalse();
        assertThat(api.get("/parked?reason=not_stored&from=2026-01-31T12:00:01Z&limit=1")
                        .is(200)
                        .at("/items/0/message"))
                .isEqualTo("b");
        assertThat(api.get("/parked?limit=0&from=noon&because=1").is(400).errors())
                .containsOnlyKeys("limit", "from", "because");
    }

    @Test
    void the_body_of_one_is_shown_to_whoever_asks_for_it() {
        assertThat(api.get("/parked/b").is(200).json().has("body")).isFalse();
        assertThat(api.get("/parked/b?body=true").is(200).at("/body")).isEqualTo("{}");
        api.get("/parked/c").isProblem(404, "unknown-parked-message");
    }

    @Test
    void a_redrive_only_counts_unless_told_otherwise() {
        Answer dry = api.post("/parked/redrive", "{\"reason\": \"not_stored\"}").is(200);
        assertThat(dry.json().at("/dry_run").booleanValue()).isTrue();
        assertThat(dry.json().at("/matched").intValue()).isEqualTo(1);
        assertThat(api.tidings.parked.ids()).containsExactly("a", "b");

        api.post("/parked/redrive", "{\"reason\": \"not_stored\", \"dry_run\": false}", "X-Service-Id", "ops")
                .is(200);
        assertThat(api.tidings.parked.redriven()).containsExactly("b by ops");
        assertThat(api.post("/parked/redrive", "{\"limit\": 0, \"dry_run\": 1, \"to\": \"noon\", \"x\": 1}")
                        .is(400)
                        .errors())
                .containsOnlyKeys("limit", "dry_run", "to", "x");
    }

    @Test
    void what_is_deleted_is_gone() {
        api.delete("/parked/a").is(200);
        api.delete("/parked/a").isProblem(404, "unknown-parked-message");
        assertThat(api.tidings.parked.ids()).containsExactly("b");
    }

    @Test
    void without_a_broker_a_caller_is_asked_to_come_back() {
        api.tidings.parked.becomeUnreachable();
        assertThat(api.get("/parked").isProblem(503, "unavailable").at("/detail"))
                .isEqualTo("The parked messages can't be reached for now: the broker can't be reached");
    }
}
