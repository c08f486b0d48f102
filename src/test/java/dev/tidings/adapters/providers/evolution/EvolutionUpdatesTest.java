package dev.tidings.adapters.providers.evolution;

import static dev.tidings.adapters.providers.Callbacks.FORGED;
import static dev.tidings.adapters.providers.Callbacks.UNVERIFIABLE;
import static dev.tidings.adapters.providers.Callbacks.news;
import static dev.tidings.adapters.providers.Callbacks.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.adapters.providers.Configured;
import dev.tidings.application.reports.CallbackReader;
import dev.tidings.application.reports.CallbackReader.Reading;
import dev.tidings.application.reports.ProviderNews.DeliveryReport;
import dev.tidings.application.reports.ProviderNews.Stage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvolutionUpdatesTest {

    private static final String URL = Configured.PUBLIC_URL + "/callbacks/evolution-whatsapp/messages-update";
    private static final Map<String, String> BEARER = Map.of("authorization", "Bearer s3cret");

    private final CallbackReader reader = reader("", "s3cret");

    @Test
    void without_a_secret_no_update_is_believed() {
        assertThat(reader("", "").read(post(URL, Map.of("authorization", "Bearer "), update("READ"))))
                .isEqualTo(UNVERIFIABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer s3crex", "Bearer s3cret2", "s3cret", "Basic s3cret"})
    void whoever_does_not_bring_the_token_is_somebody_else(String header) {
        assertThat(reader.read(post(URL, Map.of("authorization", header), update("READ"))))
                .isEqualTo(FORGED);
        assertThat(reader.read(post(URL, Map.of(), update("READ")))).isEqualTo(FORGED);
    }

    @Test
    void the_secret_may_come_in_a_header_of_ones_own() {
        CallbackReader own = reader("X-Hook-Key", "s3cret");

        assertThat(own.read(post(URL, Map.of("x-hook-key", "s3cret"), update("READ"))))
                .isInstanceOf(Reading.Genuine.class);
        assertThat(own.read(post(URL, BEARER, update("READ")))).isEqualTo(FORGED);
    }

    @ParameterizedTest
    @CsvSource({
        "ERROR, BOUNCED",
        "PENDING, ACCEPTED",
        "SERVER_ACK, ACCEPTED",
        "DELIVERY_ACK, DELIVERED",
        "READ, READ",
        "PLAYED, READ"
    })
    void a_status_is_a_stage(String status, Stage stage) {
        assertThat(news(reader.read(post(URL, BEARER, update(status)))))
                .singleElement()
                .isInstanceOfSatisfying(DeliveryReport.class, report -> {
                    assertThat(report.stage()).isEqualTo(stage);
                    assertThat(report.providerMessageId()).isEqualTo("BAE5");
                    assertThat(report.suppress()).isNull();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event\":\"messages.upsert\",\"data\":{\"keyId\":\"1\",\"fromMe\":true,\"status\":\"READ\"}}",
                "{\"event\":\"messages.update\",\"data\":{\"keyId\":\"1\",\"fromMe\":false,\"status\":\"READ\"}}",
                "{\"event\":\"messages.update\",\"data\":{\"fromMe\":true,\"status\":\"READ\"}}",
                "{\"event\":\"messages.update\",\"data\":{\"keyId\":\"1\",\"fromMe\":true,\"status\":\"DELETED\"}}",
                "{\"event\":\"messages.update\"}",
                "{}"
            })
    void what_is_nothing_to_us_is_left_out(String body) {
        assertThat(news(reader.read(post(URL, BEARER, body)))).isEmpty();
    }

    @Test
    void several_may_come_at_once_and_the_name_may_be_written_otherwise() {
        assertThat(news(reader.read(post(
                        URL,
                        BEARER,
                        "{\"event\":\"MESSAGES_UPDATE\",\"data\":[{\"keyId\":\"1\",\"fromMe\":true,\"status\":\"READ\"},"
                                + "{\"keyId\":\"2\",\"fromMe\":true,\"status\":\"ERROR\"}]}"))))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "{\"event\"", "<html>"})
    void what_is_no_event_is_unreadable(String body) {
        assertThat(reader.read(post(URL, BEARER, body))).isInstanceOf(Reading.Unreadable.class);
    }

    private static String update(String status) {
        return "{\"event\":\"messages.update\",\"instance\":\"shop\",\"data\":{\"keyId\":\"BAE5\","
                + "\"remoteJid\":\"919812345678@s.whatsapp.net\",\"fromMe\":true,\"status\":\"" + status + "\"}}";
    }

    private static CallbackReader reader(String header, String secret) {
        try (Configured configured = Configured.with(
                new EvolutionWhatsApp(),
                "base-url",
                "https://evolution.example",
                "api-key",
                "k",
                "callback-header",
                header,
                "callback-secret",
                secret)) {
            return configured.reader();
        }
    }
}
