package dev.tidings.adapters.providers.webpush;

import static dev.tidings.adapters.providers.http.FakeVendor.answers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidings.adapters.providers.Configured;
import dev.tidings.adapters.providers.MessageProviderContract;
import dev.tidings.adapters.providers.Outgoing;
import dev.tidings.adapters.providers.ProviderKind;
import dev.tidings.adapters.providers.Vendor;
import dev.tidings.adapters.providers.http.FakeVendor.Behaviour;
import dev.tidings.adapters.providers.http.FakeVendor.Heard;
import dev.tidings.adapters.providers.http.HttpResult.Answered;
import dev.tidings.adapters.providers.http.Json;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.notification.SendOutcome.Accepted;
import dev.tidings.domain.notification.SendOutcome.FailedForGood;
import dev.tidings.domain.notification.SendOutcome.FailedForNow;
import dev.tidings.domain.notification.SendOutcome.ProviderDown;
import dev.tidings.domain.notification.SendOutcome.RecipientGone;
import dev.tidings.domain.notification.SendOutcome.Unsuitable;
import dev.tidings.domain.recipient.DeviceToken;
import dev.tidings.domain.recipient.PushSubscription;
import dev.tidings.domain.recipient.SuppressionReason;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class WebPushTest extends MessageProviderContract {

    private static final String ENDPOINT = "https://updates.push.services.mozilla.com:8443/wpush/v2/gAAAA%2Bx?b=1";
    private static final PushSubscription BROWSER = Browsers.at(ENDPOINT);

    @Override
    protected ProviderKind<?> kind() {
        return new WebPush();
    }

    @Override
    protected List<String> settings() {
        return Browsers.settings();
    }

    @Override
    protected List<String> secrets() {
        return List.of(Browsers.PRIVATE_KEY);
    }

    @Override
    protected boolean reports() {
        return false;
    }

    @Override
    protected boolean statusSaysItAll() {
        return true;
    }

    @Override
    protected OutgoingMessage message() {
        return Outgoing.text(BROWSER);
    }

    @Override
    protected Behaviour success() {
        return answers(201, "", "Location: https://push.example/m/qDIYHNcfAIPP_5ITvURr-d6BGt");
    }

    @Override
    protected String acceptedId() {
        return "qDIYHNcfAIPP_5ITvURr-d6BGt";
    }

    @Override
    protected void isWhatTheVendorWants(Heard request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/wpush/v2/gAAAA%2Bx?b=1");
        assertThat(request.header("ttl")).isEqualTo("86400");
        assertThat(request.header("urgency")).isEqualTo("normal");
        assertThat(request.header("content-encoding")).isEqualTo("aes128gcm");
        assertThat(request.headers()).doesNotContainKey("topic");
        assertThat(request.header("authorization")).startsWith("vapid t=").endsWith("k=" + Browsers.PUBLIC_KEY);
        assertThat(request.body()).doesNotContain("parcel");
        JsonNode claims = claims(request);
        assertThat(claims.path("aud").asString()).isEqualTo("https://updates.push.services.mozilla.com:8443");
        assertThat(claims.path("sub").asString()).isEqualTo("mailto:push@example.org");
        assertThat(claims.path("exp").asLong())
                .isEqualTo(Configured.NOW.plus(Duration.ofHours(12)).getEpochSecond());
    }

    private static JsonNode claims(Heard request) {
        String token = request.header("authorization").substring("vapid t=".length());
        return Json.read(new String(Base64.getUrlDecoder().decode(token.split("\\.", 3)[1]), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"INSTANT, high", "HIGH, high", "NORMAL, normal", "LOW, low"})
    void how_urgent_it_is_follows_from_the_lane(Lane lane, String urgency) {
        vendor.will(success());

        send(Outgoing.in(lane, BROWSER));

        assertThat(vendor.heard().getFirst().header("urgency")).isEqualTo(urgency);
    }

    @Test
    void a_push_service_that_says_nothing_but_created_has_it() {
        vendor.will(answers(201, ""));

        assertThat(send(message(), "ttl", "0s")).isEqualTo(new Accepted(null));
        assertThat(vendor.heard().getFirst().header("ttl")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void a_subscription_that_is_not_there_any_more_is_gone(int status) {
        vendor.will(answers(status, "{\"reason\":\"unsubscribed\"}"));

        assertThat(send(message()))
                .isInstanceOfSatisfying(
                        RecipientGone.class, gone -> assertThat(gone.reason()).isEqualTo(SuppressionReason.GONE));
    }

    @Test
    void what_is_too_large_is_refused_here_and_there() {
        vendor.will(answers(413, ""));
        assertThat(send(message())).isInstanceOf(FailedForGood.class);
        assertThat(vendor.heard()).hasSize(1);

        assertThat(send(Outgoing.data(BROWSER, "Parcel", "ü".repeat(2_000), Map.of())))
                .isInstanceOfSatisfying(
                        FailedForGood.class,
                        failed -> assertThat(failed.failure().detail()).contains("at most 3993"));
        assertThat(vendor.heard()).hasSize(1);
    }

    @Test
    void the_largest_message_makes_the_largest_request() {
        vendor.will(success());
        String frame = "{\"title\":\"\",\"body\":\"\",\"data\":{},\"notification_id\":\"" + Outgoing.ID + "\"}";

        assertThat(send(Outgoing.data(BROWSER, "", "x".repeat(3_993 - frame.length()), Map.of())))
                .isInstanceOf(Accepted.class);
        assertThat(vendor.heard().getFirst().header("content-length")).isEqualTo("4096");
    }

    @Test
    void a_device_is_not_for_it() {
        try (Configured configured = open(vendor.url())) {
            assertThat(configured.provider().reaches(new DeviceToken("device"))).isFalse();
            assertThat(configured.provider().reaches(BROWSER)).isTrue();
            assertThat(configured.provider().reaches(Browsers.at("https://simulator.example/delivered")))
                    .isFalse();
            assertThat(configured.provider().send(Outgoing.text(new DeviceToken("device"))))
                    .isInstanceOf(Unsuitable.class);
        }
    }

    @Test
    void a_key_that_is_none_fails_for_good_without_a_request() {
        PushSubscription broken = PushSubscription.of(ENDPOINT, "A".repeat(87), BROWSER.auth());

        assertThat(send(Outgoing.text(broken)))
                .isInstanceOfSatisfying(
                        FailedForGood.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo("keys"));
        assertThat(vendor.heard()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://localhost/",
                "https://[::1]/",
                "https://10.0.0.1/",
                "https://0.0.0.0/",
                "https://169.254.169.254/latest/meta-data/",
                "https://192.168.1.1/",
                "https://[fd00::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://2130706433/",
                "https://100.64.0.1/"
            })
    void an_endpoint_inside_the_own_network_is_never_called(String endpoint) {
        try (Configured direct = Configured.with(kind(), settings().toArray())) {
            assertThat(direct.provider().send(Outgoing.text(Browsers.at(endpoint))))
                    .isInstanceOfSatisfying(
                            FailedForGood.class,
                            failed -> assertThat(failed.failure().code()).isEqualTo("endpoint"));
        }
    }

    @Test
    void an_endpoint_inside_is_called_where_that_is_allowed_and_only_by_https() {
        String port = vendor.url().toString().replaceFirst(".*:", "");
        try (Configured inside = Configured.with(kind(), with("allow-private", "true"))) {
            SendOutcome outcome =
                    inside.provider().send(Outgoing.text(Browsers.at("https://localhost:" + port + "/1")));

            assertThat(outcome).as("the fake speaks no TLS").isInstanceOf(FailedForNow.class);
            assertThat(vendor.heard()).isEmpty();
        }
    }

    @Test
    void a_push_service_of_somebodys_own_concerns_nobody_else() {
        try (Configured direct = Configured.with(kind(), settings().toArray())) {
            assertThat(direct.provider().send(Outgoing.text(Browsers.at("https://push.invalid/1"))))
                    .isInstanceOf(FailedForNow.class);
            assertThat(direct.provider().send(Outgoing.text(Browsers.at("https://nobody.push.apple.com.invalid/1"))))
                    .isInstanceOf(FailedForNow.class);
        }
        PushServices services = new PushServices(Browsers.settings(""), InstantSource.fixed(Configured.NOW));
        for (int status : List.of(302, 401, 403, 429)) {
            assertThat(services.outcome(said(status), Outgoing.text(Browsers.at("https://push.example/1"))))
                    .isInstanceOf(FailedForNow.class);
        }
        for (int status : List.of(302, 429)) {
            assertThat(services.outcome(said(status), Outgoing.text(Browsers.at("https://fcm.googleapis.com/1"))))
                    .isInstanceOf(ProviderDown.class);
        }
        for (int status : List.of(401, 403)) {
            assertThat(services.outcome(said(status), Outgoing.text(Browsers.at("https://fcm.googleapis.com/1"))))
                    .isInstanceOf(FailedForNow.class);
        }
    }

    private static Answered said(int status) {
        return new Answered(status, HttpHeaders.of(Map.of(), (_, _) -> true), "");
    }

    @ParameterizedTest
    @CsvSource({
        "public-key, AAAA, public-key must be a point",
        "public-key, ***, public-key must be a point",
        "private-key, AAAA, private-key must be 32 bytes",
        "private-key, ***, private-key must be 32 bytes",
        "private-key, AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE, not the one that belongs to public-key",
        "subject, ada@example.org, subject must be an address such as mailto:",
        "ttl, 29d, ttl must be 0 s to 28 d"
    })
    void settings_that_can_not_work_stop_the_start(String property, String value, String said) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Configured.with(kind(), with(property, value)))
                .satisfies(thrown -> assertThat(thrown).hasStackTraceContaining(said));
    }

    private Object[] with(Object property, Object value) {
        ArrayList<Object> all = new ArrayList<>(settings());
        all.addAll(List.of(property, value));
        return all.toArray();
    }

    @Test
    void the_browser_can_read_each_of_many_that_are_encrypted_at_once() throws Exception {
        PushServices services = new PushServices(Browsers.settings(""), InstantSource.fixed(Configured.NOW));
        OutgoingMessage message =
                Outgoing.data(Browsers.at("https://1.1.1.1/1"), "Parcel", Outgoing.TEXT, Map.of("order", "17"));
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<String>> orders = Collections.nCopies(
                    400, () -> Browsers.decrypted(body(((Vendor.Order.Call) services.order(message)).request())));
            for (Future<String> each : threads.invokeAll(orders)) {
                assertThat(Json.read(each.get()))
                        .isEqualTo(Json.read(Json.write(Map.of(
                                "title",
                                "Parcel",
                                "body",
                                Outgoing.TEXT,
                                "data",
                                Map.of("order", "17"),
                                "notification_id",
                                Outgoing.ID.toString()))));
            }
        }
    }

    private static byte[] body(HttpRequest request) {
        HttpResponse.BodySubscriber<byte[]> reader = HttpResponse.BodySubscribers.ofByteArray();
        request.bodyPublisher().orElseThrow().subscribe(new Flow.Subscriber<>() {

            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                reader.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer part) {
                reader.onNext(List.of(part));
            }

            @Override
            public void onError(Throwable thrown) {
                reader.onError(thrown);
            }

            @Override
            public void onComplete() {
                reader.onComplete();
            }
        });
        return reader.getBody().toCompletableFuture().join();
    }
}
