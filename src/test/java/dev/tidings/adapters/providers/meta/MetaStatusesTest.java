package dev.tidings.adapters.providers.meta;

import static dev.tidings.adapters.providers.Callbacks.FORGED;
import static dev.tidings.adapters.providers.Callbacks.UNVERIFIABLE;
import static dev.tidings.adapters.providers.Callbacks.news;
import static dev.tidings.adapters.providers.Callbacks.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.adapters.providers.Configured;
import dev.tidings.adapters.providers.meta.MetaConfiguration.Settings;
import dev.tidings.application.reports.CallbackReader;
import dev.tidings.application.reports.CallbackReader.Reading;
import dev.tidings.application.reports.ProviderNews.DeliveryReport;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.ReportedStage;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetaStatusesTest {

    private static final String URL = Configured.PUBLIC_URL + "/callbacks/whatsapp";

    private final CallbackReader reader = reader("app-s3cret", "verify-s3cret");

    @Test
    void it_is_known_as_whatsapp() {
        assertThat(reader.provider().value()).isEqualTo("whatsapp");
        assertThat(new MetaConfiguration()
                        .metaCallbacks(new Settings("", ""), InstantSource.system())
                        .readers())
                .singleElement()
                .isInstanceOf(MetaStatuses.class);
    }

    @Test
    void who_knows_the_token_gets_their_challenge_back_as_it_came() {
        assertThat(reader.read(get("?hub.mode=subscribe&hub.challenge=11%2058%3C&hub.verify_token=verify-s3cret")))
                .isEqualTo(new Reading.Challenged("11 58<"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?",
                "?hub.mode=subscribe&hub.challenge=1",
                "?hub.mode=subscribe&hub.challenge=1&hub.verify_token=",
                "?hub.mode=subscribe&hub.challenge=1&hub.verify_token=verify-s3creT",
                "?hub.mode=subscribe&hub.challenge=1&hub.verify_token=verify-s3cret2",
                "?hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=verify-s3cret",
                "?hub.challenge=1&hub.verify_token=verify-s3cret",
                "?hub.mode=subscribe&hub.verify_token=verify-s3cret"
            })
    void who_does_not_gets_nothing(String query) {
        assertThat(reader.read(get(query))).isEqualTo(FORGED);
    }

    @Test
    void without_secrets_nobody_is_believed() {
        CallbackReader unset = reader("", "");

        assertThat(unset.read(get("?hub.mode=subscribe&hub.challenge=1&hub.verify_token=")))
                .isEqualTo(UNVERIFIABLE);
        assertThat(unset.read(post(URL, Map.of("x-hub-signature-256", "sha256="), status("read"))))
                .isEqualTo(UNVERIFIABLE);
    }

    @Test
    void a_signature_computed_elsewhere_is_believed() {
        // printf '{"entry":[]}' | openssl dgst -sha256 -hmac app-s3cret
        assertThat(reader.read(post(
                        URL,
                        Map.of(
                                "x-hub-signature-256",
                                "sha256=753901375d9eac7c1a86d0e44db690e3e0d9923a90f55ce2b83ca77b6e2f13eb"),
                        "{\"entry\":[]}")))
                .isEqualTo(new Reading.Genuine(List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256=", "sha256=00", "sha1=%s", "%s", "sha256=%sa", " sha256=%s"})
    void whatever_is_not_signed_by_the_app_is_forged(String form) {
        String header = form.replace("%s", signature("app-s3cret", status("read")));
        assertThat(reader.read(post(URL, Map.of("x-hub-signature-256", header), status("read"))))
                .isEqualTo(FORGED);
        assertThat(reader.read(post(URL, Map.of(), status("read")))).isEqualTo(FORGED);
    }

    @Test
    void whoever_changes_a_byte_or_has_another_secret_is_found_out() {
        String genuine = "sha256=" + signature("app-s3cret", status("read"));
        assertThat(reader.read(post(URL, Map.of("x-hub-signature-256", genuine), status("sent"))))
                .isEqualTo(FORGED);
        assertThat(reader("other", "").read(post(URL, Map.of("x-hub-signature-256", genuine), status("read"))))
                .isEqualTo(FORGED);
    }

    @ParameterizedTest
    @CsvSource({"sent, ACCEPTED", "delivered, DELIVERED", "read, READ"})
    void a_status_is_a_stage(String status, ReportedStage stage) {
        assertThat(news(reader.read(signed(status(status)))))
                .containsExactly(new DeliveryReport(
                        "wamid.HBgL", null, stage, null, null, Instant.ofEpochSecond(1_760_000_000)));
    }

    @Test
    void what_failed_says_why_and_to_whom_it_does_not() {
        String failed = """
                {"entry":[{"changes":[{"value":{"statuses":[{"id":"wamid.1","status":"failed","timestamp":"soon",
                 "errors":[{"code":131026,"title":"Message undeliverable to +919812345678"}]}]}}]}]}""";

        assertThat(news(reader.read(signed(failed))))
                .containsExactly(new DeliveryReport(
                        "wamid.1",
                        null,
                        ReportedStage.BOUNCED,
                        new Failure("131026", "Message undeliverable to <…>"),
                        null,
                        Configured.NOW));
    }

    @Test
    void several_come_at_once_and_messages_of_people_are_left_out() {
        assertThat(news(reader.read(signed("""
                        {"object":"whatsapp_business_account","entry":[
                         {"changes":[{"field":"messages","value":{"messages":[{"id":"wamid.0","text":{"body":"Hi"}}]}},
                          {"value":{"statuses":[{"id":"1","status":"sent"},{"id":"1","status":"sent"},{"status":"read"},
                           {"id":"2","status":"deleted"}, 7]}}]},
                         {"changes":[{"value":{"statuses":[{"id":"3","status":"read"}]}}]}, {}]}"""))))
                .extracting(each -> ((DeliveryReport) each).providerMessageId())
                .containsExactly("1", "1", "3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "{\"entry\"", "\u0000"})
    void what_is_no_object_is_unreadable(String body) {
        assertThat(reader.read(signed(body))).isInstanceOf(Reading.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"entry\":{}}", "{\"entry\":[{\"changes\":[[]]}]}", "{\"entry\":7}"})
    void what_has_another_shape_says_nothing(String body) {
        assertThat(news(reader.read(signed(body)))).isEmpty();
    }

    private static CallbackReader.Callback get(String query) {
        return new CallbackReader.Callback("GET", URI.create(URL + query), Map.of(), ByteBuffer.allocate(0));
    }

    private static CallbackReader.Callback signed(String body) {
        return post(URL, Map.of("x-hub-signature-256", "sha256=" + signature("app-s3cret", body)), body);
    }

    private static String signature(String secret, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String status(String status) {
        return "{\"entry\":[{\"changes\":[{\"value\":{\"statuses\":[{\"id\":\"wamid.HBgL\",\"status\":\"" + status
                + "\",\"timestamp\":\"1760000000\",\"recipient_id\":\"919812345678\"}]}}]}]}";
    }

    private static CallbackReader reader(String appSecret, String verifyToken) {
        return new MetaStatuses(new Settings(appSecret, verifyToken), InstantSource.fixed(Configured.NOW));
    }
}
