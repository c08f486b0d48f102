package dev.tidings.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PausedIntakeTest {

    @Test
    void while_the_intake_pauses_requests_are_turned_away_for_a_while_and_reads_go_on() {
        try (ServedFromMemory api = new ServedFromMemory()) {
            api.tidings.intake.seen(1_000_001);
            Answer turnedAway = api.post("/notifications/send", Examples.SEND_TEMPLATE);
            assertThat(turnedAway.status()).isEqualTo(503);
            assertThat(turnedAway.header("Retry-After")).isEqualTo("30");
            assertThat(turnedAway.json().at("/detail").asString())
                    .isEqualTo("1000001 wait for delivery, and 1000000 may: try again in 30 seconds");
            api.get("/notifications/history/ada").is(200);

            api.tidings.intake.seen(0);
            api.post("/notifications/send", Examples.SEND_TEMPLATE).is(202);
        }
    }
}
