package dev.tidings.adapters.providers;

import static dev.tidings.adapters.providers.http.FakeVendor.answers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidings.adapters.providers.http.FakeVendor;
import dev.tidings.adapters.providers.http.FakeVendor.Behaviour;
import dev.tidings.adapters.providers.http.FakeVendor.Heard;
import dev.tidings.adapters.providers.http.Json;
import dev.tidings.adapters.providers.http.OwnCertificate;
import dev.tidings.application.delivery.MessageProvider;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.application.reports.CallbackReader;
import dev.tidings.application.reports.CallbackReader.Reading;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.notification.SendOutcome.Accepted;
import dev.tidings.domain.notification.SendOutcome.FailedForGood;
import dev.tidings.domain.notification.SendOutcome.FailedForNow;
import dev.tidings.domain.notification.SendOutcome.ProviderDown;
import dev.tidings.domain.notification.SendOutcome.RecipientGone;
import dev.tidings.domain.notification.SendOutcome.Unknown;
import dev.tidings.domain.notification.SendOutcome.Unsuitable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every provider by HTTP. A provider's test extends it and adds what is the vendor's own. */
public abstract class MessageProviderContract {

    protected final FakeVendor vendor = new FakeVendor();

    /** A new one. */
    protected abstract ProviderKind<?> kind();

    /** What it needs to be configured but for {@code base-url}, names and values by turns. */
    protected abstract List<String> settings();

    /** Of the settings those that nobody may read in a failure. */
    protected abstract List<String> secrets();

    /** One that it can send. */
    protected abstract OutgoingMessage message();

    protected abstract Behaviour success();

    /** What the provider calls it after {@link #success()}. */
    protected abstract String acceptedId();

    protected abstract void isWhatTheVendorWants(Heard request);

    /** Whether the vendor calls back. */
    protected boolean reports() {
        return true;
    }

    /** Whether a status of 2xx is a success whatever the answer says. */
    protected boolean statusSaysItAll() {
        return false;
    }

    @AfterEach
    void closeVendor() {
        vendor.close();
    }

    @Test
    void a_message_goes_out_in_one_request_as_the_vendor_wants_it() {
        vendor.will(success());

        assertThat(send(message())).isEqualTo(new Accepted(acceptedId()));
        assertThat(vendor.heard()).singleElement().satisfies(this::isWhatTheVendorWants);
    }

    @Test
    void without_its_settings_it_is_left_out() {
        try (OpenProviders opened = Configured.open(kind())) {
            assertThat(opened.all()).isEmpty();
            assertThat(opened.readers()).isEmpty();
        }
    }

    @Test
    void a_base_url_that_is_none_is_an_error_that_names_it() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(URI.create("vendor.example")))
                .withMessageStartingWith("tidings.providers.under-test.base-url must be an address");
    }

    @Test
    void the_configuration_and_the_documents_know_its_kind() throws Exception {
        assertThat(Files.readString(Path.of("src/main/resources/application.yaml")))
                .contains("kind: " + kind().kind() + "\n");
        assertThat(Files.readString(Path.of("docs/providers.md"))).contains("`" + kind().kind() + "`");
    }

    @Test
    void a_limit_concerns_all_messages_and_says_until_when() {
        vendor.will(answers(429, "", "Retry-After: 17"));
        assertThat(send(message()))
                .isInstanceOfSatisfying(
                        ProviderDown.class,
                        down -> assertThat(down.retryAfter()).isEqualTo(Duration.ofSeconds(17)));

        vendor.will(answers(429, "{}", "Retry-After: Wed, 25 Nov 2026 12:01:30 GMT"));
        assertThat(send(message()))
                .isInstanceOfSatisfying(
                        ProviderDown.class,
                        down -> assertThat(down.retryAfter()).isEqualTo(Duration.ofSeconds(90)));

        vendor.will(answers(429, "slow down", "Retry-After: soon"));
        assertThat(send(message()))
                .isInstanceOfSatisfying(
                        ProviderDown.class,
                        down -> assertThat(down.retryAfter()).isZero());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void credentials_that_are_not_taken_cost_no_message_a_retry(int status) {
        vendor.will(answers(status, "{\"message\":\"no\"}"));

        assertThat(send(message())).isInstanceOf(ProviderDown.class);
    }

    @Test
    void an_error_of_the_vendors_own_may_pass() {
        vendor.will(answers(500, "{}"));
        assertThat(send(message())).isInstanceOf(FailedForNow.class);

        vendor.will(answers(502, "<html><body><h1>Bad Gateway</h1></body></html>", "Content-Type: text/html"));
        assertThat(send(message())).isInstanceOf(FailedForNow.class);

        vendor.will(answers(503, "", "Retry-After: 5"));
        assertThat(send(message()))
                .isInstanceOfSatisfying(
                        FailedForNow.class,
                        failed -> assertThat(failed.retryAfter()).isEqualTo(Duration.ofSeconds(5)));
    }

    @Test
    void a_gateway_that_waited_in_vain_leaves_it_unknown() {
        vendor.will(answers(504, "<html>"));

        assertThat(send(message())).isInstanceOf(Unknown.class);
    }

    @Test
    void what_breaks_after_the_request_leaves_it_unknown() {
        for (Behaviour behaviour : List.of(
                FakeVendor.hangsUp(),
                FakeVendor.resets(),
                FakeVendor.cutsItsAnswer(201),
                FakeVendor.saysNothing(),
                FakeVendor.drips(201))) {
            vendor.will(behaviour);
            assertThat(send(message())).isInstanceOf(Unknown.class);
        }
        assertThat(vendor.heard()).hasSize(5);
    }

    @Test
    void a_redirect_is_not_followed() {
        try (FakeVendor elsewhere = new FakeVendor()) {
            for (int status : List.of(301, 302, 303, 307, 308)) {
                vendor.will(answers(status, "", "Location: " + elsewhere.url()));
                assertThat(send(message())).isInstanceOf(ProviderDown.class);
            }
            assertThat(elsewhere.heard()).isEmpty();
        }
    }

    @Test
    void who_is_not_reached_got_nothing(@TempDir Path directory) throws Exception {
        assertThat(sendTo(URI.create("https://vendor.invalid"))).isInstanceOf(ProviderDown.class);

        assertThat(sendTo(nobodysUrl())).isInstanceOf(ProviderDown.class);

        try (FakeVendor impostor = new FakeVendor(new OwnCertificate(directory).identity())) {
            assertThat(sendTo(impostor.url())).isInstanceOf(ProviderDown.class);
            assertThat(impostor.heard()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "7",
                "\"text\"",
                "{\"sid\":",
                "<!DOCTYPE html><p>Sign in",
                "\u0000\uFFFF",
                "[[[[",
                "{\"sid\":{},\"key\":[],\"type\":7,\"message\":null,\"code\":\"x\",\"errors\":{},\"response\":[]}"
            })
    void garbage_is_an_outcome(String garbage) {
        for (int status : List.of(200, 201, 204)) {
            vendor.will(answers(status, status == 204 ? "" : garbage));
            assertThat(send(message())).isInstanceOf(statusSaysItAll() ? Accepted.class : Unknown.class);
        }
        vendor.will(answers(400, garbage));
        assertThat(send(message())).isInstanceOf(FailedForGood.class);
        vendor.will(answers(599, garbage));
        assertThat(send(message())).isInstanceOf(FailedForNow.class);
    }

    @Test
    void a_huge_answer_is_an_outcome() {
        vendor.will(answers(200, "x".repeat(2_000_000)));
        assertThat(send(message())).isInstanceOf(Unknown.class);

        vendor.will(answers(400, "[".repeat(60_000)));
        assertThat(send(message())).isInstanceOf(FailedForGood.class);
    }

    @Test
    void a_failure_tells_neither_the_recipient_nor_the_text_nor_our_secrets() {
        OutgoingMessage message = message();
        List<String> hidden = new ArrayList<>(secrets());
        hidden.add(message.recipient().value());
        hidden.add(message.recipient().value().replaceFirst("^\\+|@.*", ""));
        hidden.add(Outgoing.NAME);
        hidden.add(message.message().text());
        hidden.addAll(message.message().extras().variables().values());
        for (String each : hidden) {
            String words = "Refused: " + each + " and " + Map.of("to", each);
            String echo = Json.write(Map.of(
                    "type",
                    "error",
                    "message",
                    words,
                    "errors",
                    List.of(Map.of("message", words)),
                    "response",
                    Map.of("message", List.of(words))));
            for (int status : List.of(statusSaysItAll() ? 400 : 200, 400, 401, 404, 429, 500, 504)) {
                vendor.will(answers(status, echo));
                assertThat(failure(send(message)).toString())
                        .hasSizeLessThan(300)
                        .doesNotContain(each);
            }
        }
    }

    @Test
    void as_many_go_at_once_as_it_may_send_at_once() throws Exception {
        AtomicInteger now = new AtomicInteger();
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        vendor.will((request, connection) -> {
            seen.add(now.incrementAndGet());
            Thread.sleep(50);
            now.decrementAndGet();
            return success().answer(request, connection);
        });
        try (Configured configured = open(vendor.url(), "concurrency", "4", "timeout", "10s");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            MessageProvider provider = configured.provider();
            assertThat(provider.concurrency()).isEqualTo(4);
            List<Callable<SendOutcome>> sendings = Collections.nCopies(16, () -> provider.send(message()));
            for (Future<SendOutcome> each : threads.invokeAll(sendings)) {
                assertThat(each.get()).isInstanceOf(Accepted.class);
            }
        }
        assertThat(Collections.max(seen)).isEqualTo(4);
    }

    @Test
    void a_callback_that_proves_nothing_is_refused() {
        CallbackReader.Callback callback = new CallbackReader.Callback(
                "POST",
                URI.create(Configured.PUBLIC_URL + "/callbacks/under-test"),
                Map.of(),
                ByteBuffer.wrap(new byte[] {'%', 0, '[', '{'}).asReadOnlyBuffer());
        try (Configured configured = open(vendor.url())) {
            if (reports()) {
                assertThat(configured.reader().read(callback)).isInstanceOf(Reading.Refused.class);
            } else {
                assertThat(configured.readers()).isEmpty();
            }
        }
    }

    protected final SendOutcome send(OutgoingMessage message, Object... more) {
        return send(vendor.url(), message, more);
    }

    private static URI nobodysUrl() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://localhost:" + closed.getLocalPort());
        }
    }

    private SendOutcome sendTo(URI url) {
        return send(url, message(), "timeout", "3s");
    }

    private SendOutcome send(URI url, OutgoingMessage message, Object... more) {
        try (Configured configured = open(url, more)) {
            return configured.provider().send(message);
        }
    }

    protected final Configured open(URI url, Object... more) {
        List<Object> all = new ArrayList<>(settings());
        all.addAll(List.of("base-url", url));
        all.addAll(List.of(more));
        return Configured.with(kind(), all.toArray());
    }

    protected static Failure failure(SendOutcome outcome) {
        return switch (outcome) {
            case FailedForNow failed -> failed.failure();
            case ProviderDown down -> down.failure();
            case Unsuitable unsuitable -> unsuitable.failure();
            case FailedForGood failed -> failed.failure();
            case RecipientGone gone -> gone.failure();
            case Unknown unknown -> unknown.failure();
            case Accepted _, SendOutcome.Withheld _ -> throw new AssertionError(outcome);
        };
    }
}
