package dev.tidings.adapters.providers.sendgrid;

import static dev.tidings.adapters.providers.Callbacks.FORGED;
import static dev.tidings.adapters.providers.Callbacks.STALE;
import static dev.tidings.adapters.providers.Callbacks.UNVERIFIABLE;
import static dev.tidings.adapters.providers.Callbacks.news;
import static dev.tidings.adapters.providers.Callbacks.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.adapters.providers.Configured;
import dev.tidings.adapters.providers.Outgoing;
import dev.tidings.application.reports.CallbackReader.Reading;
import dev.tidings.application.reports.ProviderNews;
import dev.tidings.application.reports.ProviderNews.DeliveryReport;
import dev.tidings.application.reports.ProviderNews.Sent;
import dev.tidings.application.reports.ProviderNews.Stage;
import dev.tidings.application.reports.ProviderNews.Unreachable;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.SuppressionReason;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendGridEventsTest {

    private static final String URL = Configured.PUBLIC_URL + "/callbacks/sendgrid-email";
    private static final KeyPair KEYS = keys();
    private static final String BODY = """
            [{"email":"ada.lovelace@example.org","timestamp":1764072000,"event":"delivered","sg_event_id":"e1",
              "sg_message_id":"14c5d75ce93.filter0001.16648.5515E0B88.0",
              "notification_id":"0198c0de-0000-7000-8000-000000000001","attempt":"2"}]""";

    private final Configured configured = configured(publicKey(KEYS));

    @AfterEach
    void close() {
        configured.close();
    }

    @Test
    void without_a_key_no_event_is_believed() {
        try (Configured keyless = configured("")) {
            assertThat(keyless.reader().read(post(URL, signed(BODY, Configured.NOW), BODY)))
                    .isEqualTo(UNVERIFIABLE);
        }
    }

    @Test
    void whatever_of_it_is_changed_it_is_forged() {
        Map<String, String> signed = signed(BODY, Configured.NOW);
        assertThat(configured.reader().read(post(URL, signed, BODY))).isInstanceOf(Reading.Genuine.class);

        byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < body.length; i += 7) {
            body[i] ^= 1;
            assertThat(configured.reader().read(post(URL, signed, body))).isEqualTo(FORGED);
            body[i] ^= 1;
        }
        String signature = signed.getOrDefault("x-twilio-email-event-webhook-signature", "");
        String timestamp = signed.getOrDefault("x-twilio-email-event-webhook-timestamp", "");
        assertThat(reading(signature, Long.toString(Long.parseLong(timestamp) + 1)))
                .isEqualTo(FORGED);
        assertThat(reading("", timestamp)).isEqualTo(FORGED);
        assertThat(reading("no base64!", timestamp)).isEqualTo(FORGED);
        assertThat(reading("AAAA", timestamp)).isEqualTo(FORGED);
        assertThat(reading(signature, "now")).isEqualTo(FORGED);
        assertThat(configured
                        .reader()
                        .read(post(URL, Map.of("x-twilio-email-event-webhook-signature", signature), BODY)))
                .isEqualTo(FORGED);
        try (Configured another = configured(publicKey(keys()))) {
            assertThat(another.reader().read(post(URL, signed, BODY))).isEqualTo(FORGED);
        }
    }

    private Reading reading(String signature, String timestamp) {
        return configured
                .reader()
                .read(post(
                        URL,
                        Map.of(
                                "x-twilio-email-event-webhook-signature",
                                signature,
                                "x-twilio-email-event-webhook-timestamp",
                                timestamp),
                        BODY));
    }

    @Test
    void what_was_signed_long_ago_or_in_the_future_is_stale() {
        Instant now = Configured.NOW;
        assertThat(at(now.minus(Duration.ofMinutes(10)))).isInstanceOf(Reading.Genuine.class);
        assertThat(at(now.minus(Duration.ofMinutes(10)).minusSeconds(1))).isEqualTo(STALE);
        assertThat(at(now.plusSeconds(60))).isInstanceOf(Reading.Genuine.class);
        assertThat(at(now.plusSeconds(61))).isEqualTo(STALE);
    }

    private Reading at(Instant signed) {
        return configured.reader().read(post(URL, signed(BODY, signed), BODY));
    }

    @Test
    void an_event_is_known_by_both_ids_and_its_own_time() {
        assertThat(read(BODY))
                .containsExactly(new DeliveryReport(
                        "14c5d75ce93",
                        new Sent(Outgoing.ID, Outgoing.ATTEMPT),
                        Stage.DELIVERED,
                        null,
                        null,
                        Instant.ofEpochSecond(1764072000)));
    }

    @ParameterizedTest
    @CsvSource({
        "processed, ,                                              ACCEPTED,   ",
        "delivered, ,                                              DELIVERED,  ",
        "open,      ,                                              READ,       ",
        "click,     ,                                              READ,       ",
        "bounce,    '\"type\":\"bounce\"',                         BOUNCED,    BOUNCED",
        "bounce,    '\"type\":\"blocked\"',                        BOUNCED,    ",
        "bounce,    ,                                              BOUNCED,    ",
        "dropped,   '\"reason\":\"Bounced Address\"',              BOUNCED,    BOUNCED",
        "dropped,   '\"reason\":\"Spam Reporting Address\"',       BOUNCED,    COMPLAINED",
        "dropped,   '\"reason\":\"Unsubscribed Address\"',         BOUNCED,    UNSUBSCRIBED",
        "dropped,   '\"reason\":\"Recipient List over Package Quota\"', BOUNCED, ",
        "spamreport, ,                                             COMPLAINED, COMPLAINED"
    })
    void an_event_is_a_stage_and_may_say_something_of_the_address(
            String event, @Nullable String more, Stage stage, @Nullable SuppressionReason reason) {
        assertThat(read("[{\"sg_message_id\":\"m.1\",\"event\":\"" + event + "\"" + (more == null ? "" : "," + more)
                        + "}]"))
                .singleElement()
                .isInstanceOfSatisfying(DeliveryReport.class, report -> {
                    assertThat(report.stage()).isEqualTo(stage);
                    assertThat(report.suppress()).isEqualTo(reason);
                    assertThat(report.at()).isEqualTo(Configured.NOW);
                });
    }

    @Test
    void why_it_bounced_is_told_without_the_address() {
        assertThat(read("""
                        [{"sg_message_id":"m.1","event":"bounce","type":"bounce","status":"5.1.1",
                          "email":"ada@example.org","reason":"550 5.1.1 <ada@example.org>: no such user"}]"""))
                .singleElement()
                .isInstanceOfSatisfying(
                        DeliveryReport.class,
                        report -> assertThat(report.failure())
                                .isEqualTo(new Failure("5.1.1", "550 5.1.1 <…>: no such user")));
    }

    @Test
    void whoever_unsubscribes_wants_nothing_any_more() {
        assertThat(read("[{\"event\":\"unsubscribe\",\"email\":\"ada.lovelace@example.org\"}]"))
                .containsExactly(
                        new Unreachable(Channel.EMAIL, Outgoing.EMAIL, SuppressionReason.UNSUBSCRIBED, Configured.NOW));
        assertThat(read("[{\"event\":\"group_unsubscribe\",\"email\":\"nobody\"}]"))
                .isEmpty();
    }

    @Test
    void what_is_nothing_to_us_is_left_out_and_the_rest_counts() {
        assertThat(read("""
                        [{"event":"deferred","sg_message_id":"m.1"}, 7, null, [], {}, {"event":"delivered"},
                         {"event":"open","sg_message_id":"m.1","sg_machine_open":true},
                         {"event":"delivered","sg_message_id":"m.2"},
                         {"event":"delivered","notification_id":"x","attempt":"1"}]"""))
                .singleElement()
                .isInstanceOfSatisfying(
                        DeliveryReport.class,
                        report -> assertThat(report.providerMessageId()).isEqualTo("m"));
    }

    @Test
    void what_is_no_array_is_unreadable() {
        for (String body : List.of("{}", "", "[{", "<html>")) {
            assertThat(configured.reader().read(post(URL, signed(body, Configured.NOW), body)))
                    .isInstanceOf(Reading.Unreadable.class);
        }
    }

    private List<ProviderNews> read(String body) {
        return news(configured.reader().read(post(URL, signed(body, Configured.NOW), body)));
    }

    private static Configured configured(String publicKey) {
        return Configured.with(
                new SendGridEmail(),
                "api-key",
                "k",
                "from-address",
                "no-reply@tidings.example",
                "webhook-public-key",
                publicKey);
    }

    private static Map<String, String> signed(String body, Instant at) {
        String timestamp = Long.toString(at.getEpochSecond());
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(KEYS.getPrivate());
            signature.update((timestamp + body).getBytes(StandardCharsets.UTF_8));
            return Map.of(
                    "x-twilio-email-event-webhook-signature",
                    Base64.getEncoder().encodeToString(signature.sign()),
                    "x-twilio-email-event-webhook-timestamp",
                    timestamp);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String publicKey(KeyPair keys) {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }
}
