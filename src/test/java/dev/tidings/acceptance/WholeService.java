package dev.tidings.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.acceptance.Http.Answer;
import dev.tidings.acceptance.Listener.Heard;
import dev.tidings.acceptance.Listener.Parked;
import dev.tidings.testing.TidingsHere;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** What must hold whatever the service runs on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WholeService {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    TidingsHere tidings;
    private Listener other;
    Http http;

    abstract Map<String, Object> properties();

    @BeforeAll
    void start() throws Exception {
        tidings = TidingsHere.started(properties());
        http = new Http(tidings.http());
        other = new Listener(tidings.property("tidings.broker.url"));
    }

    @AfterAll
    void stop() throws Exception {
        other.close();
        tidings.close();
    }

    @Test
    void a_registration_leads_to_a_welcome_mail_preferences_and_an_announcement() throws Exception {
        String user = someone();
        other.publish("user.registered", event("UserRegistered", user, Map.of()));
        JsonNode mail = mailTo(user);
        assertThat(mail.path("subject").asString()).contains("Ada");
        String source = http.text("/mailbox/" + mail.path("id").asInt() + "/source");
        JsonNode notification = onlyOneOf(user);
        String id = notification.path("notification_id").asString();
        assertThat(source)
                .contains("Message-ID: <" + id + "@")
                .contains("text/plain")
                .contains("text/html")
                .containsIgnoringCase("charset=utf-8");
        assertThat(notification.path("service_id").asString()).isEqualTo("user-service");
        assertThat(notification.path("correlation_id").asString()).isEqualTo("c-" + user);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(keys(other.heardOfUser(user)))
                        .containsExactlyInAnyOrder("notification.sent", "notification.preferences.created"));
        Heard sent = other.heardOf(id).getFirst();
        assertThat(sent.body().path("event_type").asString()).isEqualTo("NotificationSent");
        assertThat(sent.body().path("correlation_id").asString()).isEqualTo("c-" + user);
        assertThat(http.get("/notifications/preferences/" + user)
                        .body()
                        .path("preferences")
                        .path("welcome")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void every_event_of_the_user_service_leads_to_its_mail_with_its_link() throws Exception {
        String user = someone();
        other.publish(
                "user.email_verification_requested",
                event("UserEmailVerificationRequested", user, Map.of("verify_token", "v+1/2")));
        other.publish(
                "user.password_reset_requested", event("PasswordResetRequested", user, Map.of("reset_token", "r-1")));
        other.publish(
                "user.password_reset_requested",
                event("UserPasswordResetRequested", user, Map.of("reset_token", "r-2")));
        other.publish("user.welcome_requested", event("UserWelcomeRequested", user, Map.of("username", "Grace")));
        other.publish("user.security_alert_requested", event("UserSecurityAlertRequested", user, Map.of()));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(mailsTo(user)).hasSize(5));
        String texts = String.join("\n", mailsTo(user).stream().map(this::text).toList());
        assertThat(texts)
                .contains("verify-email?token=v%2B1%2F2", "reset-password?token=r-1", "reset-password?token=r-2");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(types(user))
                        .containsExactlyInAnyOrder(
                                "email_verification", "password_reset", "password_reset", "welcome", "security_alert"));
    }

    @Test
    void a_redelivered_event_changes_nothing() throws Exception {
        String user = someone();
        Map<String, Object> event = event("UserWelcomeRequested", user, Map.of());
        for (int i = 0; i < 5; i++) {
            other.publish("user.welcome_requested", event);
        }
        other.publish("user.welcome_requested", event("UserWelcomeRequested", user, Map.of("username", "Grace")));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(mailsTo(user)).hasSize(2));
        await().during(Duration.ofSeconds(1))
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(types(user)).hasSize(2));
    }

    @Test
    void what_was_accepted_by_rest_is_readable_at_once_and_explains_itself() {
        String user = someone();
        Answer accepted = http.post("/notifications/send", passwordReset(user));
        assertThat(accepted.status()).isEqualTo(202);
        String self = accepted.body().path("links").path("self").asString();
        Answer found = http.get(self);
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.body().path("recipient_email").asString()).isEqualTo(address(user));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(http.get(self).body().path("status").asString())
                                .isEqualTo("sent"));
        JsonNode timeline = http.get(
                        accepted.body().path("links").path("timeline").asString())
                .body();
        assertThat(texts(timeline.path("entries"), "what"))
                .containsExactly("requested", "asked_preferences", "asked_duplicate", "asked_suppression", "sent");
        assertThat(text(mailTo(user))).contains("https://app.example.org/reset?token=1");
    }

    @Test
    void what_a_person_switched_off_is_suppressed_and_says_so() {
        String user = someone();
        Answer created = http.post(
                "/notifications/preferences",
                Map.of("userid", user, "notification_email", address(user), "preferences", Map.of("marketing", true)));
        assertThat(created.status()).isEqualTo(201);
        Answer changed =
                http.put("/notifications/preferences/" + user, Map.of("preferences", Map.of("welcome", false)));
        assertThat(changed.body().path("preferences").path("welcome").asBoolean())
                .isFalse();
        assertThat(changed.body().path("preferences").path("marketing").asBoolean())
                .isTrue();
        Answer answer = http.post("/notifications/send", welcome(user));
        assertThat(answer.body().path("status").asString()).isEqualTo("suppressed");
        JsonNode timeline = http.get(
                        answer.body().path("links").path("timeline").asString())
                .body();
        assertThat(texts(timeline.path("entries"), "why")).contains("welcome is off: suppress");
        await().during(Duration.ofSeconds(1))
                .atMost(PATIENCE)
                .until(() -> mailsTo(user).isEmpty());
    }

    @Test
    void security_alerts_cant_be_switched_off() {
        Answer refused = http.post(
                "/notifications/preferences",
                Map.of("notification_email", "ada@example.org", "preferences", Map.of("security_alert", false)));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.response().headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(texts(refused.body().path("errors"), "field")).containsExactly("preferences.security_alert");
    }

    @Test
    void all_that_is_wrong_with_a_request_is_said_at_once() {
        Answer refused = http.post(
                "/notifications/send",
                Map.of("notification_type", "nonsense", "recipient_email", "nobody", "content", "password_reset"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(texts(refused.body().path("errors"), "field")).contains("recipient_email");
        Answer missing = http.post(
                "/notifications/send",
                Map.of(
                        "notification_type", "email_verification",
                        "recipient_email", "ada@example.org",
                        "subject", "Verify",
                        "content", "email_verification",
                        "template_vars", Map.of()));
        assertThat(texts(missing.body().path("errors"), "field"))
                .containsExactlyInAnyOrder("template_vars.username", "template_vars.verification_link");
    }

    @Test
    void the_history_is_newest_first_and_goes_on_where_a_page_ended() {
        String user = someone();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(http.post("/notifications/send", passwordReset(user))
                    .body()
                    .path("notification_id")
                    .asString());
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(types(user)).hasSize(5));
        List<String> read = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = http.get("/notifications/history/" + user + "?limit=2" + next)
                    .body();
            read.addAll(texts(page.path("items"), "notification_id"));
            next = page.path("next").isString() ? "&cursor=" + page.path("next").asString() : null;
        } while (next != null);
        assertThat(read).containsExactlyElementsOf(ids);
    }

    @Test
    void poison_is_parked_with_its_reason_and_the_next_event_is_handled() throws Exception {
        String user = someone();
        other.takeParked();
        other.publish("user.registered", bytes("{\"event_type\": "), Map.of());
        other.publish("user.registered", new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"', '}'}, Map.of());
        other.publish("user.unheard_of", bytes("{\"event_type\": \"UserAbducted\"}"), Map.of());
        other.publish("user.registered", bytes("{\"event_type\": \"UserRegistered\", \"userid\": 5}"), Map.of());
        other.publish("user.registered", bytes("[".repeat(100_000)), Map.of());
        other.publish("user.registered", new byte[10 * 1024 * 1024], Map.of());
        other.publish("user.registered", event("UserRegistered", user, Map.of()));
        mailTo(user);
        List<Parked> parked = new ArrayList<>();
        await().atMost(PATIENCE).untilAsserted(() -> {
            parked.addAll(other.takeParked());
            assertThat(parked).hasSize(6);
        });
        assertThat(parked)
                .allSatisfy(each -> assertThat(each.reason()).isNotBlank().isNotEqualTo("null"));
        assertThat(parked)
                .anySatisfy(each -> assertThat(each.reason()).contains("userid"))
                .anySatisfy(each -> assertThat(each.reason()).contains("UserAbducted"));
    }

    @Test
    void the_type_may_come_from_the_header_or_the_routing_key() throws Exception {
        String user = someone();
        Map<String, Object> untyped = event("", user, Map.of());
        untyped.remove("event_type");
        other.publish("user.welcome_requested", untyped);
        Map<String, Object> second = event("", user, Map.of("reset_token", "t"));
        second.remove("event_type");
        other.publish(
                "user.something",
                new tools.jackson.databind.json.JsonMapper().writeValueAsBytes(second),
                Map.of("event_type", "PasswordResetRequested"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(types(user)).containsExactlyInAnyOrder("welcome", "password_reset"));
    }

    @Test
    void it_tells_how_it_is() {
        assertThat(http.get("/broker/ping").body().path("status").asString()).isEqualTo("ok");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                http.get("/broker/health").body().path("status").asString())
                        .isEqualTo("up"));
        JsonNode health = http.get("/broker/health").body();
        assertThat(health.path("parts").path("standby").path("status").asString())
                .isEqualTo("up");
        assertThat(health.path("parts").path("standby").path("detail").asString())
                .doesNotContain("none");
        assertThat(http.get("/broker/health/readiness").status()).isEqualTo(200);
        assertThat(http.get("/broker/health/liveness").status()).isEqualTo(200);
        http.post("/notifications/send", passwordReset(someone()));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(http.text("/broker/prometheus"))
                        .contains(
                                "tidings_accepted_total",
                                "tidings_outcomes_total",
                                "tidings_delivery_latency_seconds"));
        assertThat(http.get("/broker/metrics")
                        .body()
                        .path("accepted")
                        .path("total")
                        .asInt())
                .isPositive();
        assertThat(http.get("/broker/alerts").status()).isEqualTo(200);
        assertThat(http.get("/v3/api-docs").body().path("paths").has("/notifications/send"))
                .isTrue();
    }

    @Test
    void the_log_and_the_events_in_it_name_no_address() {
        String user = someone();
        http.post("/notifications/send", passwordReset(user));
        mailTo(user);
        JdbcTemplate jdbc = tidings.get(JdbcTemplate.class);
        assertThat(jdbc.queryForObject(
                        "select count(*) from event_log where payload::text || metadata::text like '%example.org%'",
                        Integer.class))
                .isZero();
        assertThat(jdbc.queryForObject("select count(*) from event_log where service_id is null", Integer.class))
                .isZero();
    }

    static String someone() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    static String address(String user) {
        return user + "@example.org";
    }

    private static Map<String, Object> event(String type, String user, Map<String, Object> more) {
        Map<String, Object> event = new TreeMap<>(Map.of(
                "event_type",
                type,
                "event_id",
                UUID.randomUUID().toString(),
                "source_service",
                "user-service",
                "correlation_id",
                "c-" + user,
                "timestamp",
                Instant.now().toString(),
                "userid",
                user,
                "username",
                "Ada",
                "email",
                address(user)));
        event.putAll(more);
        return event;
    }

    static Map<String, Object> passwordReset(String user) {
        return Map.of(
                "notification_type",
                "password_reset",
                "recipient_email",
                address(user),
                "subject",
                "Reset your password",
                "content",
                "password_reset",
                "userid",
                user,
                "template_vars",
                Map.of("reset_link", "https://app.example.org/reset?token=1"));
    }

    private static Map<String, Object> welcome(String user) {
        return Map.of(
                "notification_type",
                "welcome",
                "recipient_email",
                address(user),
                "subject",
                "Welcome",
                "content",
                "welcome",
                "userid",
                user,
                "template_vars",
                Map.of("username", "Ada"));
    }

    JsonNode mailTo(String user) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(mailsTo(user)).isNotEmpty());
        return mailsTo(user).getFirst();
    }

    private List<JsonNode> mailsTo(String user) {
        List<JsonNode> mails = new ArrayList<>();
        http.get("/mailbox/messages?to=" + address(user)).body().forEach(mails::add);
        return mails;
    }

    private String text(JsonNode mail) {
        return http.get("/mailbox/messages/" + mail.path("id").asInt())
                .body()
                .path("text")
                .asString();
    }

    private JsonNode onlyOneOf(String user) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(types(user)).hasSize(1));
        return http.get("/notifications/history/" + user).body().path("items").get(0);
    }

    private List<String> types(String user) {
        return texts(http.get("/notifications/history/" + user).body().path("items"), "notification_type");
    }

    private static List<String> texts(JsonNode array, String field) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.path(field).asString()));
        return texts;
    }

    private static List<String> keys(List<Heard> heard) {
        return heard.stream().map(Heard::key).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
