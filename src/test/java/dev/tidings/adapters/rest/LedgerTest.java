package dev.tidings.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.doubles.SettableClock;
import dev.tidings.application.ledger.Sheet;
import dev.tidings.application.ledger.Tally;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.notification.NotificationStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LedgerTest {

    private static final Tally THREE = new Tally(3, Map.of(NotificationStatus.SENT, 2L), 1);

    private static ServedFromMemory api;

    @BeforeAll
    static void start() {
        api = new ServedFromMemory();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void twoHours() {
        api.ledger.sheets = List.of(
                new Sheet(
                        new ServiceId("shop"),
                        SettableClock.START.minus(Duration.ofHours(2)),
                        THREE,
                        0,
                        THREE,
                        THREE,
                        0),
                new Sheet(
                        new ServiceId("bank"),
                        SettableClock.START.minus(Duration.ofHours(30)),
                        THREE,
                        0,
                        Tally.NONE,
                        Tally.NONE,
                        1));
    }

    @Test
    void the_last_day_is_told_when_nothing_is_asked_for() {
        JsonNode books = api.get("/ledger").is(200).json();

        assertThat(books.at("/balanced").asBoolean()).isFalse();
        assertThat(books.at("/hours")).hasSize(1);
        JsonNode hour = books.at("/hours/0");
        assertThat(hour.at("/service_id").asString()).isEqualTo("shop");
        assertThat(hour.at("/log").toString())
                .isEqualTo(
                        "{\"accepted\":3,\"sent\":2,\"delivered\":0,\"bounced\":0,\"failed\":0,\"suppressed\":0,\"cancelled\":0,\"expired\":0,"
                                + "\"waiting\":1}");
        assertThat(hour.at("/views")).isEqualTo(hour.at("/log"));
        assertThat(hour.at("/differences").toString())
                .isEqualTo("[{\"source\":\"queue\",\"figure\":\"waiting\",\"expected\":1,\"found\":0}]");
    }

    @Test
    void views_that_are_behind_are_told_and_balance() {
        JsonNode books = api.get("/ledger?service_id=bank&from=" + SettableClock.START.minus(Duration.ofHours(31)))
                .is(200)
                .json();

        assertThat(books.at("/balanced").asBoolean()).isTrue();
        assertThat(books.at("/hours/0/views_behind_by").asInt()).isEqualTo(3);
    }

    @Test
    void what_can_not_be_asked_is_told_by_name() {
        assertThat(api.get("/ledger?from=2026-01-01T00:00:00Z&to=2026-02-02T00:00:00Z")
                        .is(400)
                        .errors())
                .containsEntry("from", "must be at most 31 days before \"to\"");
        assertThat(api.get("/ledger?from=yesterday&hour=1").is(400).errors()).containsOnlyKeys("from", "hour");
        assertThat(api.get("/ledger?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")
                        .is(400)
                        .errors())
                .containsOnlyKeys("to");
    }
}
