package dev.tidings.adapters.providers.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.adapters.providers.Outgoing;
import dev.tidings.adapters.providers.Vendor.Order;
import dev.tidings.adapters.providers.http.HttpResult.Answered;
import dev.tidings.adapters.providers.http.Json;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.notification.SendOutcome.Accepted;
import dev.tidings.domain.notification.SendOutcome.RecipientGone;
import dev.tidings.domain.recipient.PushSubscription;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Run by {@code make conformance}, against a push service that others wrote and that decrypts what it gets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebPushAsPublished {

    private static final String SERVER = "target/conformance/node_modules/web-push-testing/src/bin/server.js";

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = freePort();
    private final String url = "http://localhost:" + port;
    private final PushServices services = new PushServices(Browsers.settings(url), Clock.systemUTC());
    private final Process server = started(port);

    @BeforeAll
    void untilItListens() {
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> post("/status", Map.of()).status() == 200);
    }

    @AfterAll
    void stop() throws InterruptedException {
        server.destroy();
        if (!server.waitFor(10, TimeUnit.SECONDS)) {
            server.destroyForcibly();
        }
        client.shutdownNow();
    }

    @Test
    void it_decrypts_what_we_send_and_believes_our_signature() throws Exception {
        JsonNode subscription = subscribed(Browsers.PUBLIC_KEY);
        OutgoingMessage message = Outgoing.data(browser(subscription), "Parcel", Outgoing.TEXT, Map.of("order", "17"));

        assertThat(send(message)).isInstanceOf(Accepted.class);

        Answered got = post("/get-notifications", Map.of("clientHash", Json.text(subscription, "clientHash")));
        JsonNode messages = Json.read(got.body()).path("data").path("messages");
        assertThat(messages.size()).isEqualTo(1);
        assertThat(Json.read(messages.path(0).asString()))
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

    @Test
    void what_is_signed_by_another_key_than_was_subscribed_with_is_not_taken() throws Exception {
        JsonNode subscription =
                subscribed(browser(subscribed(Browsers.PUBLIC_KEY)).p256dh());

        assertThat(send(Outgoing.text(browser(subscription)))).isNotInstanceOf(Accepted.class);
    }

    @Test
    void a_subscription_that_has_ended_is_gone() throws Exception {
        JsonNode subscription = subscribed(Browsers.PUBLIC_KEY);
        post("/expire-subscription/" + Json.text(subscription, "clientHash"), Map.of());

        assertThat(send(Outgoing.text(browser(subscription)))).isInstanceOf(RecipientGone.class);
    }

    private JsonNode subscribed(String key) throws IOException, InterruptedException {
        return Json.read(post("/subscribe", Map.of("userVisibleOnly", "true", "applicationServerKey", key))
                        .body())
                .path("data");
    }

    private static PushSubscription browser(JsonNode subscription) {
        return PushSubscription.of(
                Json.text(subscription, "endpoint").replace("http://", "https://"),
                Json.text(subscription.path("keys"), "p256dh"),
                Json.text(subscription.path("keys"), "auth"));
    }

    private SendOutcome send(OutgoingMessage message) throws IOException, InterruptedException {
        return services.outcome(answered(((Order.Call) services.order(message)).request()), message);
    }

    private Answered post(String path, Map<String, String> body) throws IOException, InterruptedException {
        return answered(HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", Json.TYPE)
                .POST(BodyPublishers.ofString(Json.write(body)))
                .build());
    }

    private Answered answered(HttpRequest request) throws IOException, InterruptedException {
        var response = client.send(request, BodyHandlers.ofString());
        return new Answered(response.statusCode(), response.headers(), response.body());
    }

    private static Process started(int port) {
        try {
            return new ProcessBuilder("node", SERVER, Integer.toString(port))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
