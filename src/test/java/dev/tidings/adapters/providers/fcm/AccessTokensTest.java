package dev.tidings.adapters.providers.fcm;

import static dev.tidings.adapters.providers.http.FakeVendor.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.adapters.providers.Configured;
import dev.tidings.adapters.providers.Outgoing;
import dev.tidings.adapters.providers.fcm.AccessTokens.Grant;
import dev.tidings.adapters.providers.http.FakeVendor;
import dev.tidings.adapters.providers.http.FakeVendor.Heard;
import dev.tidings.adapters.providers.http.Json;
import dev.tidings.application.delivery.MessageProvider;
import dev.tidings.application.doubles.SettableClock;
import dev.tidings.domain.notification.SendOutcome.Accepted;
import dev.tidings.domain.notification.SendOutcome.ProviderDown;
import dev.tidings.domain.recipient.DeviceToken;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AccessTokensTest {

    private final Google google = new Google();
    private final SettableClock clock = new SettableClock();
    private final AccessTokens tokens = new AccessTokens(ServiceAccount.from(google.credentials()), clock);

    @AfterEach
    void close() {
        google.close();
    }

    @Test
    void a_token_is_got_for_an_assertion_that_google_can_verify() throws Exception {
        assertThat(tokens.current())
                .isInstanceOfSatisfying(
                        Grant.Given.class, given -> assertThat(given.token()).isEqualTo(Google.TOKEN));

        Heard request = google.tokens.heard().getFirst();
        assertThat(request.target()).isEqualTo("/token");
        assertThat(request.form()).containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        String[] parts = request.form().getOrDefault("assertion", "").split("\\.", -1);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(Google.KEYS.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        assertThat(json(parts[0])).isEqualTo(Json.read("{\"alg\":\"RS256\",\"typ\":\"JWT\"}"));
        long now = clock.instant().getEpochSecond();
        assertThat(json(parts[1]))
                .isEqualTo(Json.read(Json.write(Map.of(
                        "iss",
                        "push@tidings-test.iam.gserviceaccount.com",
                        "scope",
                        "https://www.googleapis.com/auth/firebase.messaging",
                        "aud",
                        google.tokens.url() + "/token",
                        "iat",
                        now,
                        "exp",
                        now + 3_600))));
    }

    private static JsonNode json(String base64url) {
        return Json.read(new String(Base64.getUrlDecoder().decode(base64url), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"3600, 3299, 3301", "60, 29, 31", "0, 0, 0"})
    void a_token_is_used_until_shortly_before_its_end(int seconds, int stillGood, int replaced) {
        google.gives("first", seconds);
        tokens.current();
        google.gives("second", 3_600);

        clock.advance(Duration.ofSeconds(stillGood));
        assertThat(tokens.current())
                .isInstanceOfSatisfying(
                        Grant.Given.class,
                        given -> assertThat(given.token()).isEqualTo(seconds == 0 ? "second" : "first"));
        clock.advance(Duration.ofSeconds(replaced - stillGood));
        assertThat(tokens.current())
                .isInstanceOfSatisfying(
                        Grant.Given.class, given -> assertThat(given.token()).isEqualTo("second"));
        assertThat(google.tokens.heard()).hasSize(2);
    }

    @Test
    void however_many_want_one_it_is_got_once() throws Exception {
        google.tokens.will((request, connection) -> {
            Thread.sleep(100);
            return answers(200, "{\"access_token\":\"t\",\"expires_in\":3600}").answer(request, connection);
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Grant>> wishes = Collections.nCopies(50, tokens::current);
            for (Future<Grant> each : threads.invokeAll(wishes)) {
                assertThat(each.get()).isInstanceOf(Grant.Given.class);
            }
        }
        assertThat(google.tokens.heard()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT: push@tidings-test.example\"}",
                "{}",
                "<html>",
                ""
            })
    void without_a_token_the_provider_is_down_and_google_is_left_alone_for_a_moment(String body) {
        google.tokens.will(answers(body.contains("error") ? 400 : 200, body));

        for (int i = 0; i < 3; i++) {
            assertThat(tokens.current())
                    .isInstanceOfSatisfying(
                            Grant.Refused.class,
                            refused -> assertThat(refused.failure().toString())
                                    .contains("Google gives no token")
                                    .doesNotContain("push@"));
        }
        assertThat(google.tokens.heard()).hasSize(1);

        google.gives("later", 3_600);
        clock.advance(Duration.ofSeconds(5));
        assertThat(tokens.current()).isInstanceOf(Grant.Given.class);
    }

    @Test
    void a_message_for_which_there_is_no_token_stays_in_the_house() {
        google.tokens.will(answers(401, "{\"error\":\"invalid_client\"}"));
        try (FakeVendor fcm = new FakeVendor();
                Configured configured =
                        Configured.with(new FcmPush(), "credentials", google.credentials(), "base-url", fcm.url())) {
            assertThat(configured.provider().send(Outgoing.text(new DeviceToken("device"))))
                    .isInstanceOfSatisfying(
                            ProviderDown.class,
                            down -> assertThat(down.failure().detail()).contains("invalid_client"));
            assertThat(fcm.heard()).isEmpty();
        }
    }

    @Test
    void a_token_that_is_not_taken_is_got_anew() {
        try (FakeVendor fcm = new FakeVendor();
                Configured configured =
                        Configured.with(new FcmPush(), "credentials", google.credentials(), "base-url", fcm.url())) {
            MessageProvider provider = configured.provider();
            fcm.will(answers(401, "{\"error\":{\"message\":\"bad " + Google.TOKEN + "\"}}"));
            assertThat(provider.send(Outgoing.text(new DeviceToken("device"))))
                    .isInstanceOfSatisfying(
                            ProviderDown.class,
                            down -> assertThat(down.failure().detail()).doesNotContain(Google.TOKEN));
            fcm.will(answers(200, "{\"name\":\"1\"}"));
            google.gives("second", 3_600);
            assertThat(provider.send(Outgoing.text(new DeviceToken("device")))).isInstanceOf(Accepted.class);
            assertThat(fcm.heard().getLast().header("authorization")).isEqualTo("Bearer second");
        }
    }
}
