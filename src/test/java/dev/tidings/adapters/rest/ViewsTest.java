package dev.tidings.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.application.notification.ViewsBeside.Differences;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ViewsTest {

    @Test
    void a_rebuild_is_started_and_watched() {
        try (ServedFromMemory api = new ServedFromMemory()) {
            assertThat(api.get("/views/rebuild").is(200).json().at("/phase").asString())
                    .isEqualTo("never");
            api.views.differences = new Differences(0, 0, 1, List.of("019cb2a0-0000-7000-8000-000000000001"));

            Answer started = api.post("/views/rebuild", "").is(202);
            assertThat(started.header("Location")).isEqualTo("/views/rebuild");
            assertThat(started.json().at("/phase").asString()).isEqualTo("copying");

            api.views.steps.release(5);
            await().until(() -> phase(api).equals("done"));
            JsonNode done = api.get("/views/rebuild").is(200).json();
            assertThat(done.at("/events_read").asInt()).isEqualTo(2_007);
            assertThat(done.at("/of").asInt()).isEqualTo(2_007);
            assertThat(done.at("/node").asString()).isEqualTo("here");
            assertThat(done.at("/differences/different").asInt()).isOne();
            assertThat(done.at("/differences/examples/0").asString()).isEqualTo("019cb2a0-0000-7000-8000-000000000001");
        }
    }

    private static String phase(ServedFromMemory api) {
        return api.get("/views/rebuild").json().at("/phase").asString();
    }
}
