package dev.tidings.adapters.providers.fcm;

import static dev.tidings.adapters.providers.http.FakeVendor.answers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidings.adapters.providers.Configured;
import dev.tidings.adapters.providers.MessageProviderContract;
import dev.tidings.adapters.providers.Outgoing;
import dev.tidings.adapters.providers.ProviderKind;
import dev.tidings.adapters.providers.http.FakeVendor.Behaviour;
import dev.tidings.adapters.providers.http.FakeVendor.Heard;
import dev.tidings.adapters.providers.http.Json;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.domain.notification.SendOutcome.Accepted;
import dev.tidings.domain.notification.SendOutcome.FailedForGood;
import dev.tidings.domain.notification.SendOutcome.FailedForNow;
import dev.tidings.domain.notification.SendOutcome.ProviderDown;
import dev.tidings.domain.notification.SendOutcome.RecipientGone;
import dev.tidings.domain.notification.SendOutcome.Unsuitable;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.DeviceToken;
import dev.tidings.domain.recipient.SuppressionReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class FcmPushTest extends MessageProviderContract {

    private static final DeviceToken DEVICE = new DeviceToken("cVq3-device:APA91bHun4MxP5egoKMwt2KZFBaFUH-1RYqx");

    private final Google google = new Google();

    @AfterEach
    void closeGoogle() {
        google.close();
    }

    @Override
    protected ProviderKind<?> kind() {
        return new FcmPush();
    }

    @Override
    protected List<String> settings() {
        return List.of("credentials", google.credentials());
    }

    @Override
    protected List<String> secrets() {
        return List.of(Google.TOKEN);
    }

    @Override
    protected boolean reports() {
        return false;
    }

    @Override
    protected OutgoingMessage message() {
        return Outgoing.text(DEVICE);
    }

    @Override
    protected Behaviour success() {
        return answers(200, "{\"name\":\"projects/tidings-test/messages/0:1500415314455276\"}");
    }

    @Override
    protected String acceptedId() {
        return "projects/tidings-test/messages/0:1500415314455276";
    }

    @Override
    protected void isWhatTheVendorWants(Heard request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/v1/projects/tidings-test/messages:send");
        assertThat(request.header("authorization")).isEqualTo("Bearer " + Google.TOKEN);
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(Json.read(request.body()))
                .isEqualTo(Json.read(Json.write(Map.of(
                        "message",
                        Map.of(
                                "token",
                                DEVICE.value(),
                                "notification",
                                Map.of("title", "Parcel", "body", Outgoing.TEXT),
                                "data",
                                Map.of("notification_id", Outgoing.ID.toString()))))));
    }

    @Test
    void data_goes_to_the_app_and_a_blank_title_does_not() {
        vendor.will(success());

        send(Outgoing.data(DEVICE, " ", "Hello", Map.of("order", "17")));

        JsonNode sent = Json.read(vendor.heard().getFirst().body()).path("message");
        assertThat(sent.path("data").path("order").asString()).isEqualTo("17");
        assertThat(sent.path("notification").has("title")).isFalse();
    }

    @Test
    void what_is_too_large_is_refused_with_its_size_before_anybody_is_asked() {
        OutgoingMessage large = Outgoing.data(DEVICE, "Parcel", "ü".repeat(2_100), Map.of());

        assertThat(send(large)).isInstanceOfSatisfying(FailedForGood.class, failed -> {
            assertThat(failed.failure().code()).isEqualTo("too-large");
            assertThat(failed.failure().detail()).containsPattern("are 43\\d\\d bytes.* at most 4096");
        });
        assertThat(vendor.heard()).isEmpty();
        assertThat(google.tokens.heard()).isEmpty();
        vendor.will(success());
        assertThat(send(Outgoing.data(DEVICE, "Parcel", "ü".repeat(1_900), Map.of())))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void a_browser_is_not_for_it() {
        Address browser = Address.of(Channel.PUSH, "https://push.example/1 " + "A".repeat(87) + " " + "B".repeat(22));

        try (Configured configured = open(vendor.url())) {
            assertThat(configured.provider().reaches(browser)).isFalse();
            assertThat(configured.provider().reaches(DEVICE)).isTrue();
            assertThat(configured.provider().reaches(new DeviceToken("simulator:delivered")))
                    .isFalse();
            assertThat(configured.provider().send(Outgoing.text(browser))).isInstanceOf(Unsuitable.class);
        }
    }

    @Test
    void a_device_that_is_not_registered_any_more_is_gone() {
        vendor.will(error(404, "NOT_FOUND", "UNREGISTERED"));

        assertThat(send(message())).isInstanceOfSatisfying(RecipientGone.class, gone -> {
            assertThat(gone.reason()).isEqualTo(SuppressionReason.GONE);
            assertThat(gone.failure().code()).isEqualTo("UNREGISTERED");
        });
    }

    @ParameterizedTest
    @CsvSource({"message.token, true", "message.data, false"})
    void an_invalid_argument_is_for_good_and_the_device_is_gone_only_if_its_token_is_blamed(
            String field, boolean gone) {
        vendor.will(answers(400, """
                {"error": {"code": 400, "status": "INVALID_ARGUMENT", "message": "Invalid value", "details": [
                  {"@type": "type.googleapis.com/google.firebase.fcm.v1.FcmError", "errorCode": "INVALID_ARGUMENT"},
                  {"@type": "type.googleapis.com/google.rpc.BadRequest",
                   "fieldViolations": [{"field": "%s", "description": "Invalid value"}]}]}}""".formatted(field)));

        assertThat(send(message())).isInstanceOf(gone ? RecipientGone.class : FailedForGood.class);
    }

    @Test
    void a_device_of_another_project_may_be_another_providers() {
        vendor.will(error(403, "PERMISSION_DENIED", "SENDER_ID_MISMATCH"));

        assertThat(send(message())).isInstanceOf(Unsuitable.class);
    }

    @Test
    void credentials_of_ours_that_apple_does_not_take_stop_nobody_else() {
        vendor.will(error(401, "UNAUTHENTICATED", "THIRD_PARTY_AUTH_ERROR"));

        assertThat(send(message())).isInstanceOf(FailedForNow.class);
    }

    @Test
    void a_quota_that_is_used_up_is_respected_for_a_minute_at_least() {
        vendor.will(error(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED", "Retry-After: 5"));
        assertThat(send(message()))
                .isInstanceOfSatisfying(
                        ProviderDown.class,
                        down -> assertThat(down.retryAfter()).isEqualTo(Duration.ofMinutes(1)));

        vendor.will(error(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED", "Retry-After: 300"));
        assertThat(send(message()))
                .isInstanceOfSatisfying(
                        ProviderDown.class,
                        down -> assertThat(down.retryAfter()).isEqualTo(Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @CsvSource({"503, UNAVAILABLE", "500, INTERNAL", "404, INTERNAL"})
    void what_may_pass_is_told_by_the_code_in_the_details(int status, String code) {
        vendor.will(error(status, code, code, "Retry-After: 7"));

        assertThat(send(message()))
                .isInstanceOfSatisfying(
                        FailedForNow.class,
                        failed -> assertThat(failed.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"private_key", "project_id", "client_email"})
    void credentials_without_all_that_is_needed_stop_the_start(String missing) {
        String half = google.credentials().replace("\"" + missing + "\"", "\"other\"");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Configured.with(kind(), "credentials", half))
                .withMessageContaining("tidings.providers.under-test.credentials")
                .withMessageContaining(missing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere/service-account.json", "{", "[]", "\u0000"})
    void what_are_no_credentials_stops_the_start(String credentials) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Configured.with(kind(), "credentials", credentials))
                .withMessageContaining("tidings.providers.under-test.credentials must be")
                .withMessageNotContaining("nowhere");
    }

    @Test
    void credentials_may_be_in_a_file(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("service-account.json"), google.credentials());
        vendor.will(success());

        try (Configured configured = Configured.with(kind(), "credentials", file, "base-url", vendor.url())) {
            assertThat(configured.provider().send(message())).isInstanceOf(Accepted.class);
        }
    }

    private static Behaviour error(int status, String word, String code, String... headers) {
        return answers(status, """
                {"error": {"code": %d, "message": "No.", "status": "%s", "details": [
                  {"@type": "type.googleapis.com/google.rpc.Other"},
                  {"@type": "type.googleapis.com/google.firebase.fcm.v1.FcmError", "errorCode": "%s"}]}}""".formatted(status, word, code), headers);
    }
}
