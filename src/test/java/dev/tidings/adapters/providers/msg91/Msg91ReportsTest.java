package dev.tidings.adapters.providers.msg91;

import static dev.tidings.adapters.providers.Callbacks.FORGED;
import static dev.tidings.adapters.providers.Callbacks.UNVERIFIABLE;
import static dev.tidings.adapters.providers.Callbacks.news;
import static dev.tidings.adapters.providers.Callbacks.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.adapters.providers.Configured;
import dev.tidings.adapters.providers.ProviderKind.Surroundings;
import dev.tidings.adapters.providers.http.Form;
import dev.tidings.application.reports.CallbackReader.Reading;
import dev.tidings.application.reports.ProviderNews.DeliveryReport;
import dev.tidings.application.reports.ProviderNews.Stage;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.recipient.SuppressionReason;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Msg91ReportsTest {

    private static final String REPORTS = "[{\"requestId\":\"r1\",\"report\":[{\"number\":\"919812345678\","
            + "\"status\":\"2\",\"desc\":\"FAILED for 919812345678\"}]}]";

    private final Msg91Reports reader = reader("s3cret-path");
    private static final String RIGHT = Configured.PUBLIC_URL + "/callbacks/msg91-sms/s3cret-path";

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "/s3cret-patx", "/s3cret-pat", "/s3cret-path/", "/s3cret-path2", "?secret=s3cret-path"})
    void whoever_does_not_know_the_secret_is_not_msg91(String end) {
        assertThat(reader.read(post(Configured.PUBLIC_URL + "/callbacks/msg91-sms" + end, Map.of(), REPORTS)))
                .isEqualTo(FORGED);
    }

    @Test
    void without_a_secret_no_report_is_believed() {
        assertThat(reader("").read(post(Configured.PUBLIC_URL + "/callbacks/msg91-sms/", Map.of(), REPORTS)))
                .isEqualTo(UNVERIFIABLE);
    }

    @Test
    void a_secret_may_have_any_characters_but_a_slash() {
        assertThat(reader("ü x")
                        .read(post(Configured.PUBLIC_URL + "/callbacks/msg91-sms/%C3%BC%20x", Map.of(), REPORTS)))
                .isInstanceOf(Reading.Genuine.class);
    }

    @Test
    void reports_come_in_a_field_of_a_form_or_bare() {
        DeliveryReport expected =
                new DeliveryReport("r1", null, Stage.BOUNCED, new Failure("2", "FAILED for <…>"), null, Configured.NOW);

        assertThat(news(reader.read(post(RIGHT, Map.of(), Form.encoded(Map.of("data", REPORTS))))))
                .containsExactly(expected);
        assertThat(news(reader.read(post(RIGHT, Map.of(), REPORTS)))).containsExactly(expected);
        assertThat(news(reader.read(post(RIGHT, Map.of(), "{\"data\":" + REPORTS + "}"))))
                .containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1, DELIVERED, ",
        "2, BOUNCED, ",
        "9, BOUNCED, OPTED_OUT",
        "16, BOUNCED, ",
        "25, BOUNCED, ",
        "17, BOUNCED, "
    })
    void a_status_is_a_stage(int status, Stage stage, @Nullable SuppressionReason reason) {
        assertThat(news(reader.read(
                        post(RIGHT, Map.of(), "[{\"requestId\":\"r1\",\"report\":[{\"status\":" + status + "}]}]"))))
                .singleElement()
                .isInstanceOfSatisfying(DeliveryReport.class, report -> {
                    assertThat(report.stage()).isEqualTo(stage);
                    assertThat(report.suppress()).isEqualTo(reason);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data=", "data=[{", "{}", "%zz", "7", "<html>"})
    void what_is_no_report_is_unreadable(String body) {
        assertThat(reader.read(post(RIGHT, Map.of(), body))).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void what_is_nothing_to_us_is_left_out() {
        assertThat(
                        news(
                                reader.read(
                                        post(
                                                RIGHT,
                                                Map.of(),
                                                "[7,{},{\"requestId\":\"r1\"},{\"report\":[{\"status\":\"1\"}]},{\"requestId\":\"r1\",\"report\":[{\"status\":\"99\"},null]}]"))))
                .isEmpty();
    }

    private static Msg91Reports reader(String secret) {
        return new Msg91Reports(
                secret, new Surroundings(new ProviderName("msg91-sms"), null, InstantSource.fixed(Configured.NOW)));
    }
}
