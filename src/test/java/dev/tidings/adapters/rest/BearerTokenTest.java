package dev.tidings.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class BearerTokenTest {

    private static final String GUARDED = "/notifications/history/ada";

    private static final String GUARD = "tidings.access.token=secret-token";

    private static ServedFromMemory guarded;

    @BeforeAll
    static void start() {
        guarded = new ServedFromMemory(GUARD, "tidings.embedded.parts=");
    }

    @AfterAll
    static void stop() {
        guarded.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer secret-token", "bearer secret-token", "BEARER  secret-token "})
    void the_right_token_lets_in(String authorization) {
        guarded.get(GUARDED, "Authorization", authorization).is(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer wrong",
                "Bearer",
                "Bearer secret-toke",
                "Bearer secret-token2",
                "Bearer SECRET-TOKEN",
                "Basic secret-token",
                "secret-token",
                "Bearersecret-token"
            })
    void another_one_does_not(String authorization) {
        Answer refused = guarded.get(GUARDED, "Authorization", authorization).isProblem(401, "unauthorized");

        assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"tidings\", error=\"invalid_token\"");
    }

    @Test
    void no_token_does_not() {
        Answer refused = guarded.get(GUARDED).isProblem(401, "unauthorized");

        assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"tidings\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/notifications/send",
                "/no/such/path",
                "/",
                "/actuator",
                "/broker/metrics",
                "/broker/prometheus",
                "/broker/ping/../../notifications/history/ada",
                "/broker/pingx",
                "//broker/ping",
                "/mailbox",
                "/mailbox/1",
                "/healthz",
                "/callback/scripted",
                "/webhook",
                "/webhook/whatsapp/more",
                "/suppressions",
                "/providers",
                "/users/ada/contact-points"
            })
    void what_is_not_open_is_guarded_whether_it_exists_or_not(String path) {
        guarded.get(path).isProblem(401, "unauthorized");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/broker/ping",
                "/broker/health",
                "/broker/health/live",
                "/health",
                "/health/db",
                "/documentation",
                "/v3/api-docs",
                "/v3/api-docs/swagger-config",
                "/v3/api-docs.yaml",
                "/swagger-ui/index.html",
                "/webjars/swagger-ui/index.html",
                "/problems",
                "/problems/invalid-input",
                "/callbacks/scripted",
                "/callbacks/scripted/secret",
                "/webhook/whatsapp"
            })
    void what_everybody_may_see_is_open(String path) {
        assertThat(guarded.get(path).status()).isNotEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/documentation/%2e%2e", "/webjars/..%2f..", "/broker/ping/..;", "/problems//.."})
    void no_open_path_climbs_to_a_guarded_one(String open) {
        assertThat(guarded.get(open + GUARDED).status()).isIn(400, 401, 404);
    }

    @Test
    void nobody_finds_the_token_in_the_log(CapturedOutput output) {
        try (ServedFromMemory talkative = new ServedFromMemory(GUARD, "logging.level.root=debug")) {
            talkative.get(GUARDED, "Authorization", "Bearer secret-token").is(200);
            talkative.get(GUARDED, "Authorization", "Bearer almost-secret").is(401);
        }

        assertThat(output.getAll()).contains(GUARDED).doesNotContain("secret-token", "almost-secret");
    }

    @Test
    void without_a_token_everything_is_open() {
        try (ServedFromMemory open = new ServedFromMemory("tidings.access.token= ")) {
            open.get(GUARDED).is(200);
        }
    }

    @Test
    void the_mailbox_is_open_when_mail_is_caught() {
        try (ServedFromMemory catching = new ServedFromMemory(GUARD, "tidings.embedded.parts=broker,mail")) {
            catching.get("/mailbox").isProblem(404, "not-found");
            catching.get("/mailbox/1/html").isProblem(404, "not-found");
            catching.get(GUARDED).isProblem(401, "unauthorized");
        }
    }
}
