package dev.tidings.adapters.providers.twilio;

import static dev.tidings.adapters.providers.Callbacks.FORGED;
import static dev.tidings.adapters.providers.Callbacks.news;
import static dev.tidings.adapters.providers.Callbacks.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.adapters.providers.Configured;
import dev.tidings.adapters.providers.Outgoing;
import dev.tidings.adapters.providers.ProviderKind.Surroundings;
import dev.tidings.adapters.providers.http.Form;
import dev.tidings.application.reports.CallbackReader.Reading;
import dev.tidings.application.reports.ProviderNews;
import dev.tidings.application.reports.ProviderNews.DeliveryReport;
import dev.tidings.application.reports.ProviderNews.ReachableAgain;
import dev.tidings.application.reports.ProviderNews.Sent;
import dev.tidings.application.reports.ProviderNews.Stage;
import dev.tidings.application.reports.ProviderNews.Unreachable;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.PhoneNumber;
import dev.tidings.domain.recipient.SuppressionReason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioCallbacksTest {

    private static final String TOKEN = "12345";
    private static final String URL =
            Configured.PUBLIC_URL + "/callbacks/twilio-sms?notification=" + Outgoing.ID + "&attempt=2";

    /** As Twilio publishes it. */
    private static final String VECTOR_URL = "https://mycompany.com/myapp.php?foo=1&bar=2";

    private static final String VECTOR_BODY =
            "CallSid=CA1234567890ABCDE&Caller=%2B12349013030&Digits=1234&From=%2B12349013030&To=%2B18005551212";
    private static final String VECTOR_SIGNATURE = "0/KCTR6DLpKmkAf8muzZqo1nDgQ=";

    @Test
    void the_published_vector_is_genuine() {
        Map<String, String> signed = Map.of("x-twilio-signature", VECTOR_SIGNATURE);

        assertThat(reader(null).read(post(VECTOR_URL, signed, VECTOR_BODY)))
                .isEqualTo(new Reading.Unreadable("neither a status nor a message"));
        assertThat(reader(null).read(post(VECTOR_URL.replace(".com", ".com:443"), signed, VECTOR_BODY)))
                .isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void whatever_of_it_is_changed_it_is_forged() {
        Map<String, String> signed = Map.of("x-twilio-signature", VECTOR_SIGNATURE);
        TwilioCallbacks reader = reader(null);

        assertThat(reader.read(post(VECTOR_URL, Map.of(), VECTOR_BODY))).isEqualTo(FORGED);
        assertThat(reader.read(post(VECTOR_URL, Map.of("x-twilio-signature", ""), VECTOR_BODY)))
                .isEqualTo(FORGED);
        assertThat(reader.read(
                        post(VECTOR_URL, Map.of("x-twilio-signature", "1/KCTR6DLpKmkAf8muzZqo1nDgQ="), VECTOR_BODY)))
                .isEqualTo(FORGED);
        assertThat(reader.read(post(VECTOR_URL.replace("bar=2", "bar=3"), signed, VECTOR_BODY)))
                .isEqualTo(FORGED);
        assertThat(reader.read(post(VECTOR_URL.replace("https", "http"), signed, VECTOR_BODY)))
                .isEqualTo(FORGED);
        assertThat(reader.read(post(VECTOR_URL, signed, VECTOR_BODY + "&More=1")))
                .isEqualTo(FORGED);
        assertThat(reader.read(post(VECTOR_URL, signed, VECTOR_BODY + "&%zz"))).isEqualTo(FORGED);
        byte[] body = VECTOR_BODY.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < body.length; i++) {
            body[i] ^= 1;
            assertThat(reader.read(post(VECTOR_URL, signed, body))).isEqualTo(FORGED);
            body[i] ^= 1;
        }
        assertThat(new TwilioCallbacks(Channel.SMS, "12346", surroundings(null))
                        .read(post(VECTOR_URL, signed, VECTOR_BODY)))
                .isEqualTo(FORGED);
    }

    @Test
    void behind_a_proxy_the_public_url_counts() {
        String path = URL.substring(Configured.PUBLIC_URL.length());
        Map<String, String> fields = Map.of("MessageSid", "SM1", "MessageStatus", "delivered");
        Map<String, String> signed =
                Map.of("x-twilio-signature", sign("https://tidings.example.com/eu" + path, fields));

        assertThat(reader(URI.create("https://tidings.example.com/eu"))
                        .read(post("http://10.0.0.7:8080" + path, signed, Form.encoded(fields))))
                .isInstanceOf(Reading.Genuine.class);
        assertThat(reader(URI.create("https://tidings.example.com/eu"))
                        .read(post("https://tidings.example.com/eu" + path, signed, Form.encoded(fields))))
                .isInstanceOf(Reading.Genuine.class);
    }

    @ParameterizedTest
    @CsvSource({
        "accepted, ACCEPTED",
        "scheduled, ACCEPTED",
        "queued, ACCEPTED",
        "sending, ACCEPTED",
        "sent, ACCEPTED",
        "delivered, DELIVERED",
        "read, READ"
    })
    void a_status_is_a_stage(String status, Stage stage) {
        assertThat(read(Map.of("MessageSid", "SM1", "MessageStatus", status, "SmsStatus", status, "New", "thing")))
                .containsExactly(new DeliveryReport(
                        "SM1", new Sent(Outgoing.ID, Outgoing.ATTEMPT), stage, null, null, Configured.NOW));
    }

    @ParameterizedTest
    @CsvSource({"21610, OPTED_OUT", "21211, BOUNCED", "21614, BOUNCED", "30003, ", "30005, ", "63016, "})
    void what_fails_later_suppresses_only_a_number_that_is_certainly_no_use(
            String code, @Nullable SuppressionReason reason) {
        assertThat(read(Map.of("MessageSid", "SM1", "MessageStatus", "undelivered", "ErrorCode", code)))
                .containsExactly(new DeliveryReport(
                        "SM1",
                        new Sent(Outgoing.ID, Outgoing.ATTEMPT),
                        Stage.BOUNCED,
                        new Failure(code, "undelivered"),
                        reason,
                        Configured.NOW));
    }

    @Test
    void a_failure_without_a_code_and_a_status_of_tomorrow_are_taken_as_they_are() {
        assertThat(read(Map.of("MessageSid", "SM1", "MessageStatus", "failed")))
                .singleElement()
                .isInstanceOfSatisfying(
                        DeliveryReport.class,
                        report -> assertThat(report.failure()).isEqualTo(new Failure("failed", "failed")));
        assertThat(read(Map.of("MessageSid", "SM1", "MessageStatus", "teleported")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?notification=x&attempt=1", "?notification=" + "0198c0de-0000-7000-8000-000000000001"})
    void without_what_we_gave_along_its_own_id_has_to_do(String query) {
        String url = Configured.PUBLIC_URL + "/callbacks/twilio-sms" + query;

        assertThat(read(url, Map.of("MessageSid", "SM1", "MessageStatus", "sent")))
                .containsExactly(new DeliveryReport("SM1", null, Stage.ACCEPTED, null, null, Configured.NOW));
        assertThat(reading(url, Map.of("MessageStatus", "sent"))).isInstanceOf(Reading.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"STOP", " stop ", "Unsubscribe", "END", "quit", "stopall"})
    void whoever_writes_stop_wants_nothing_any_more(String word) {
        assertThat(read(Map.of("From", "+4915112345678", "Body", word)))
                .containsExactly(new Unreachable(
                        Channel.SMS, new PhoneNumber("+4915112345678"), SuppressionReason.OPTED_OUT, Configured.NOW));
    }

    @Test
    void twilios_own_reading_of_what_was_written_comes_first() {
        assertThat(read(Map.of("From", "whatsapp:+4915112345678", "Body", "arrêt", "OptOutType", "STOP")))
                .singleElement()
                .isInstanceOf(Unreachable.class);
        assertThat(read(Map.of("From", "+4915112345678", "Body", "stop", "OptOutType", "HELP")))
                .isEmpty();
        assertThat(read(Map.of("From", "+4915112345678", "Body", "Start", "OptOutType", "START")))
                .containsExactly(new ReachableAgain(Channel.SMS, new PhoneNumber("+4915112345678"), Configured.NOW));
        assertThat(read(Map.of("From", "+4915112345678", "Body", "unstop")))
                .singleElement()
                .isInstanceOf(ReachableAgain.class);
    }

    @Test
    void other_words_and_other_senders_are_nothing_to_us() {
        assertThat(read(Map.of("From", "+4915112345678", "Body", "stop it, please")))
                .isEmpty();
        assertThat(read(Map.of("From", "12345", "Body", "STOP"))).isEmpty();
        assertThat(read(Map.of("From", "BANK", "Body", "STOP"))).isEmpty();
    }

    private static List<ProviderNews> read(Map<String, String> fields) {
        return read(URL, fields);
    }

    private static List<ProviderNews> read(String url, Map<String, String> fields) {
        return news(reading(url, fields));
    }

    private static Reading reading(String url, Map<String, String> fields) {
        return reader(URI.create(Configured.PUBLIC_URL))
                .read(post(url, Map.of("x-twilio-signature", sign(url, fields)), Form.encoded(fields)));
    }

    private static TwilioCallbacks reader(@Nullable URI publicUrl) {
        return new TwilioCallbacks(Channel.SMS, TOKEN, surroundings(publicUrl));
    }

    private static Surroundings surroundings(@Nullable URI publicUrl) {
        return new Surroundings(new ProviderName("twilio-sms"), publicUrl, InstantSource.fixed(Configured.NOW));
    }

    private static String sign(String url, Map<String, String> fields) {
        String text = url
                + new TreeMap<>(fields)
                        .entrySet().stream()
                                .map(field -> field.getKey() + field.getValue())
                                .collect(Collectors.joining());
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
