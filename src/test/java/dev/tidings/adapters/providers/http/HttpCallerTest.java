package dev.tidings.adapters.providers.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.adapters.providers.http.HttpResult.Answered;
import dev.tidings.adapters.providers.http.HttpResult.Broken;
import dev.tidings.adapters.providers.http.HttpResult.NotSent;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpCallerTest {

    private static final HttpSettings SETTINGS = new HttpSettings(8, Duration.ofSeconds(2), Duration.ofMillis(700), "");

    private static OwnCertificate certificate;

    private final FakeVendor vendor = new FakeVendor();

    @BeforeAll
    static void makeCertificate(@TempDir Path directory) throws Exception {
        certificate = new OwnCertificate(directory);
    }

    @AfterEach
    void close() {
        vendor.close();
    }

    @Test
    void a_request_arrives_as_it_is_and_its_answer_comes_back() {
        vendor.will(FakeVendor.answers(418, "ünlikely", "X-Why: because"));

        assertThat(call(vendor.url())).isInstanceOfSatisfying(Answered.class, answered -> {
            assertThat(answered.status()).isEqualTo(418);
            assertThat(answered.body()).isEqualTo("ünlikely");
            assertThat(answered.headers().firstValue("x-why")).contains("because");
        });
        assertThat(vendor.heard()).singleElement().satisfies(heard -> {
            assertThat(heard.method()).isEqualTo("POST");
            assertThat(heard.target()).isEqualTo("/messages?a=b");
            assertThat(heard.body()).isEqualTo("hello");
            assertThat(heard.header("authorization")).isEqualTo("Bearer key");
        });
    }

    @Test
    void connections_are_kept() throws Exception {
        try (HttpCaller caller = caller()) {
            for (int i = 0; i < 20; i++) {
                assertThat(caller.call(post(vendor.url()))).isInstanceOf(Answered.class);
            }
        }
        assertThat(vendor.connections()).isEqualTo(1);
    }

    @Test
    void an_answer_that_drips_ends_with_the_time_for_the_whole_call() {
        vendor.will(FakeVendor.drips(201));

        assertThat(inTime(() -> call(vendor.url()))).satisfies(broken("timeout"));
    }

    @Test
    void silence_ends_with_the_time_for_the_whole_call() {
        vendor.will(FakeVendor.saysNothing());

        assertThat(inTime(() -> call(vendor.url()))).satisfies(broken("timeout"));
    }

    @Test
    void whoever_hangs_up_after_the_request_may_have_read_it() {
        vendor.will(FakeVendor.hangsUp());
        assertThat(call(vendor.url())).satisfies(broken("broken"));

        vendor.will(FakeVendor.resets());
        assertThat(call(vendor.url())).satisfies(broken("broken"));

        vendor.will(FakeVendor.cutsItsAnswer(201));
        assertThat(call(vendor.url())).satisfies(broken("broken"));
        assertThat(vendor.heard()).hasSize(3);
    }

    @Test
    void a_huge_answer_is_not_read_to_its_end() {
        vendor.will(FakeVendor.answers(200, "x".repeat(1_000_000)));

        assertThat(call(vendor.url())).satisfies(broken("broken"));
    }

    @Test
    void a_redirect_is_an_answer_that_nobody_follows() {
        try (FakeVendor elsewhere = new FakeVendor()) {
            vendor.will(FakeVendor.answers(307, "", "Location: " + elsewhere.url()));

            assertThat(call(vendor.url()))
                    .isInstanceOfSatisfying(
                            Answered.class,
                            answered -> assertThat(answered.status()).isEqualTo(307));
            assertThat(elsewhere.heard()).isEmpty();
        }
    }

    @Test
    void an_unknown_name_means_that_nothing_was_sent() {
        assertThat(call(URI.create("http://vendor.invalid"))).satisfies(notSent("unreachable"));
    }

    @Test
    void a_refused_connection_means_that_nothing_was_sent() throws Exception {
        URI nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://localhost:" + closed.getLocalPort());
        }

        assertThat(call(nobody)).satisfies(notSent("unreachable"));
    }

    @Test
    void a_certificate_that_nobody_vouches_for_means_that_nothing_was_sent() throws Exception {
        try (FakeVendor impostor = new FakeVendor(certificate.identity())) {
            assertThat(call(impostor.url())).satisfies(notSent("tls"));
            assertThat(impostor.heard()).isEmpty();
        }
    }

    @Test
    void a_certificate_for_another_name_means_that_nothing_was_sent() throws Exception {
        try (FakeVendor secure = new FakeVendor(certificate.identity());
                HttpCaller caller = new HttpCaller(SETTINGS, certificate.trusting(), Version.HTTP_1_1)) {
            URI byNumber = URI.create(secure.url().toString().replace("localhost", "127.0.0.1"));

            assertThat(caller.call(post(byNumber))).satisfies(notSent("tls"));
            assertThat(caller.call(post(secure.url()))).isInstanceOf(Answered.class);
            assertThat(secure.heard()).hasSize(1);
        }
    }

    @Test
    void whoever_never_finishes_the_handshake_got_nothing() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("https://localhost:" + mute.getLocalPort());

            assertThat(inTime(() -> call(url))).satisfies(notSent("timeout"));
        }
    }

    @Test
    void an_interrupted_call_ends_at_once_and_says_so() throws Exception {
        vendor.will(FakeVendor.saysNothing());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> interrupted = threads.submit(() -> {
                Thread.currentThread().interrupt();
                HttpResult result = call(vendor.url());
                return Thread.interrupted() && !(result instanceof Answered);
            });
            assertThat(interrupted.get()).isTrue();
        }
    }

    @Test
    void many_calls_go_at_the_same_time() throws Exception {
        vendor.will((request, connection) -> {
            Thread.sleep(200);
            return FakeVendor.answers(200, "").answer(request, connection);
        });
        try (HttpCaller caller = caller();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<HttpResult>> calls = Stream.<Callable<HttpResult>>generate(
                            () -> () -> caller.call(post(vendor.url())))
                    .limit(100)
                    .toList();
            for (Future<HttpResult> each : threads.invokeAll(calls)) {
                assertThat(each.get()).isInstanceOf(Answered.class);
            }
        }
        assertThat(vendor.connections()).isEqualTo(100);
    }

    private static HttpResult call(URI url) {
        try (HttpCaller caller = caller()) {
            return caller.call(post(url));
        }
    }

    private static HttpCaller caller() {
        try {
            return new HttpCaller(SETTINGS, SSLContext.getDefault(), Version.HTTP_1_1);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static HttpRequest post(URI url) {
        return HttpRequest.newBuilder(url.resolve("/messages?a=b"))
                .header("Authorization", "Bearer key")
                .POST(BodyPublishers.ofString("hello"))
                .build();
    }

    private static HttpResult inTime(Supplier<HttpResult> call) {
        long start = System.nanoTime();
        HttpResult result = call.get();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SETTINGS.timeout(), Duration.ofSeconds(4));
        return result;
    }

    private static Consumer<HttpResult> broken(String code) {
        return result -> assertThat(result)
                .isInstanceOfSatisfying(
                        Broken.class,
                        broken -> assertThat(broken.failure().code()).isEqualTo(code));
    }

    private static Consumer<HttpResult> notSent(String code) {
        return result -> assertThat(result)
                .isInstanceOfSatisfying(
                        NotSent.class,
                        notSent -> assertThat(notSent.failure().code()).isEqualTo(code));
    }
}
