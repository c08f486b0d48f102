package dev.tidings.adapters.rest;

import static java.net.http.HttpRequest.BodyPublishers.ofByteArray;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.reports.CallbackReader;
import dev.tidings.application.reports.CallbackReader.Reading;
import dev.tidings.application.reports.CallbackReader.Why;
import dev.tidings.application.reports.ProviderNews.DeliveryReport;
import dev.tidings.application.reports.ProviderNews.Unreachable;
import dev.tidings.domain.notification.ReportedStage;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.SuppressionReason;
import io.micrometer.core.instrument.Counter;
import java.nio.ByteBuffer;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class CallbacksTest {

    private static final String CALLBACK = "/callbacks/scripted";

    private static ServedFromMemory api;

    @BeforeAll
    static void start() {
        api = new ServedFromMemory("tidings.access.token=secret-token");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @AfterEach
    void forgetEverything() {
        api.callbacks.forget();
        api.meters.find("tidings.callbacks").counters().forEach(api.meters::remove);
        api.tidings
                .suppressions
                .list(null, null, null, 200)
                .forEach(suppressed -> api.tidings.suppressions.remove(suppressed.reach()));
    }

    @Test
    void the_reader_gets_the_very_bytes_and_the_headers_in_small_letters() {
        byte[] body = new byte[300];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) i;
        }

        post(CALLBACK + "/sec%2Fret?a=1&b=%20%2B", body, "X-Signature", "one", "X-SIGNATURE", "two")
                .is(200);

        CallbackReader.Callback seen = api.callbacks.seen().getFirst();
        assertThat(seen.method()).isEqualTo("POST");
        assertThat(seen.headers()).containsEntry("x-signature", List.of("one", "two"));
        assertThat(seen.body().isReadOnly()).isTrue();
        assertThat(seen.body()).isEqualTo(ByteBuffer.wrap(body));
        assertThat(seen.url()).hasToString("http://localhost:" + api.port + CALLBACK + "/sec%2Fret?a=1&b=%20%2B");
    }

    @Test
    void a_form_is_not_taken_apart_before_the_reader_sees_it() {
        post(CALLBACK, "a=1&b=2".getBytes(UTF_8), "Content-Type", "application/x-www-form-urlencoded")
                .is(200);

        assertThat(text(api.callbacks.seen().getFirst())).isEqualTo("a=1&b=2");
    }

    @Test
    void nobody_says_under_which_address_we_were_called_but_the_configuration() {
        String[] forged = {"X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "https", "Forwarded", "host=evil"};
        post(CALLBACK, new byte[0], forged).is(200);
        assertThat(api.callbacks.seen().getFirst().url().getHost()).isEqualTo("localhost");

        try (ServedFromMemory behindAProxy = new ServedFromMemory("tidings.public-url=https://t.example/tidings/")) {
            behindAProxy.get(CALLBACK + "/x%2Fy?z=%2F", forged).is(200);
            behindAProxy.get(CALLBACK).is(200);
            assertThat(behindAProxy.callbacks.seen())
                    .extracting(callback -> callback.url().toString())
                    .containsExactly(
                            "https://t.example/tidings/callbacks/scripted/x%2Fy?z=%2F",
                            "https://t.example/tidings/callbacks/scripted");
        }
    }

    @Test
    void what_is_genuine_is_committed_before_it_is_answered() {
        api.callbacks.readAs(new Reading.Genuine(List.of(bounced("a@example.org"), bounced("b@example.org"))));

        Answer heard = post(CALLBACK, "{}").is(200);

        assertThat(heard.body()).isEmpty();
        assertThat(api.tidings.suppressions.list(null, null, null, 10)).hasSize(2);
        assertThat(counted("scripted", "heard")).isEqualTo(1);
    }

    @Test
    void what_is_not_known_yet_is_kept() {
        api.callbacks.readAs(new Reading.Genuine(List.of(
                new DeliveryReport("m-1", null, ReportedStage.DELIVERED, null, null, api.tidings.clock.instant()))));

        post(CALLBACK, "{}").is(200);

        assertThat(api.tidings.unmatched.size()).isOne();
    }

    @Test
    void while_the_database_is_down_the_provider_is_asked_to_come_back() {
        api.callbacks.readAs(new Reading.Genuine(List.of(bounced("a@example.org"))));
        api.tidings.transactions.goDown();

        Answer turnedAway = post(CALLBACK, "{}").isProblem(503, "unavailable");

        assertThat(turnedAway.header("Retry-After")).isNotEmpty();
        assertThat(counted("scripted", "heard")).isZero();
        api.tidings.transactions.comeBack();
        post(CALLBACK, "{}").is(200);
        assertThat(api.tidings.suppressions.list(null, null, null, 10)).hasSize(1);
    }

    @Test
    void a_challenge_is_answered_in_plain_text() {
        api.callbacks.readAs(new Reading.Challenged("<1158201444>"));

        Answer answer =
                api.get(CALLBACK + "?hub.challenge=1158201444", "Accept", "*/*").is(200);

        assertThat(answer.body()).isEqualTo("<1158201444>");
        assertThat(answer.header("Content-Type")).startsWith("text/plain");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(counted("scripted", "challenged")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_refused_changes_nothing_and_is_counted_by_its_reason(Why why, CapturedOutput output) {
        api.callbacks.readAs(new Reading.Refused(why));

        changesNothing(() -> post(CALLBACK, "the-inner-secret").isProblem(403, "callback-refused"));

        assertThat(counted("scripted", Words.of(why))).isEqualTo(1);
        assertThat(output.getAll()).doesNotContain("the-inner-secret");
    }

    @Test
    void what_makes_no_sense_changes_nothing_and_is_counted() {
        api.callbacks.readAs(new Reading.Unreadable("status 7 is unknown"));

        changesNothing(() -> assertThat(post(CALLBACK, "{}")
                        .isProblem(400, "callback-unreadable")
                        .at("/detail"))
                .isEqualTo("status 7 is unknown"));

        assertThat(counted("scripted", "unreadable")).isEqualTo(1);
    }

    @Test
    void providers_that_nobody_knows_share_one_count() {
        post("/callbacks/nobody", "{}").isProblem(404, "not-found");
        post("/callbacks/nobody-else/x", "{}").isProblem(404, "not-found");

        assertThat(counted("unknown", "unknown_provider")).isEqualTo(2);
        assertThat(api.meters.find("tidings.callbacks").counters()).hasSize(1);
    }

    @Test
    void the_usual_way_in_for_whatsapp_is_open_too() {
        post("/webhook/whatsapp", "{}").is(200);

        assertThat(counted("whatsapp", "heard")).isEqualTo(1);
    }

    @Test
    void a_body_of_more_than_a_mebibyte_is_too_large() {
        post(CALLBACK, new byte[1024 * 1024]).is(200);
        post(CALLBACK, new byte[1024 * 1024 + 1]).isProblem(413, "too-large");

        assertThat(api.callbacks.seen()).hasSize(1);
    }

    @Test
    void another_method_is_not_allowed() {
        api.put(CALLBACK, "{}").isProblem(405, "method-not-allowed");

        assertThat(api.callbacks.seen()).isEmpty();
    }

    private void changesNothing(ThrowingCallable work) {
        int commits = api.tidings.transactions.commits();
        try {
            work.call();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        assertThat(api.tidings.transactions.commits()).isEqualTo(commits);
    }

    private Unreachable bounced(String address) {
        return new Unreachable(
                Channel.EMAIL, new EmailAddress(address), SuppressionReason.BOUNCED, api.tidings.clock.instant());
    }

    private Answer post(String path, String body, String... headers) {
        return post(path, body.getBytes(UTF_8), headers);
    }

    private Answer post(String path, byte[] body, String... headers) {
        return api.send(api.request(path, headers).POST(ofByteArray(body)));
    }

    private double counted(String provider, String outcome) {
        Counter counter = api.meters
                .find("tidings.callbacks")
                .tags("provider", provider, "outcome", outcome)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private static String text(CallbackReader.Callback callback) {
        return UTF_8.decode(callback.body().duplicate()).toString();
    }
}
