package dev.tidings.adapters.mail;

import static dev.tidings.adapters.mail.ScriptedRelay.DEAFNESS;
import static dev.tidings.adapters.mail.ScriptedRelay.HANG_UP;
import static dev.tidings.adapters.mail.ScriptedRelay.SILENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.application.notification.Message;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.notification.SendOutcome.Accepted;
import dev.tidings.domain.notification.SendOutcome.FailedForGood;
import dev.tidings.domain.notification.SendOutcome.FailedForNow;
import dev.tidings.domain.notification.SendOutcome.ProviderDown;
import dev.tidings.domain.notification.SendOutcome.RecipientGone;
import dev.tidings.domain.notification.SendOutcome.Unknown;
import dev.tidings.domain.recipient.SuppressionReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations with a relay that behaves as scripted. */
class SmtpProviderTest {

    private static final String WITH_PIPELINING = "PIPELINING";
    private static final String WITHOUT = "8BITMIME";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-04T05:06:07Z"));
    private final List<AutoCloseable> toClose = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : toClose.reversed()) {
            each.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {WITH_PIPELINING, WITHOUT})
    void a_connection_is_kept_for_a_hundred_mails(String extension) {
        ScriptedRelay relay = relay().offers(extension);
        SmtpProvider provider = provider(relay);

        for (int i = 0; i < 100; i++) {
            assertThat(send(provider)).isEqualTo(new Accepted("4F9D195432E"));
        }

        assertThat(relay.connections()).isEqualTo(1);
        assertThat(relay.mails()).hasSize(100);
        assertThat(relay.heard().subList(1, 4))
                .containsExactly("MAIL FROM:<no-reply@tidings.example>", "RCPT TO:<ada.lovelace@example.org>", "DATA");
    }

    @Test
    void what_cannot_be_delivered_goes_back_to_the_return_path() {
        ScriptedRelay relay = relay();

        send(provider(relay, "return-path", "bounces@tidings.example"));

        assertThat(relay.heard()).contains("MAIL FROM:<bounces@tidings.example>");
        assertThat(relay.mails().getFirst()).contains("From: Tidings <no-reply@tidings.example>");
    }

    @Test
    void no_more_connections_than_configured_are_open_at_once() throws Exception {
        ScriptedRelay relay = relay();
        SmtpProvider provider = provider(relay, "connections", 2);
        assertThat(provider.concurrency()).isEqualTo(2);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<SendOutcome> send = () -> send(provider);
            for (Future<SendOutcome> outcome : threads.invokeAll(Collections.nCopies(40, send))) {
                assertThat(outcome.get()).isInstanceOf(Accepted.class);
            }
        }

        assertThat(relay.mostConnectionsAtOnce()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {WITH_PIPELINING, WITHOUT})
    void a_kept_connection_that_broke_is_replaced_without_a_word(String extension) {
        ScriptedRelay relay = relay().offers(extension);
        SmtpProvider provider = provider(relay);
        send(provider);

        relay.breakConnections();

        assertThat(send(provider)).isInstanceOf(Accepted.class);
        assertThat(relay.connections()).isEqualTo(2);
        assertThat(relay.mails()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "PIPELINING, MAIL",
        "PIPELINING, RCPT",
        "PIPELINING, DATA",
        "8BITMIME, MAIL",
        "8BITMIME, RCPT",
        "8BITMIME, DATA"
    })
    void a_kept_connection_that_the_relay_ends_is_replaced_without_a_word(String extension, String verb) {
        ScriptedRelay relay = relay().offers(extension);
        SmtpProvider provider = provider(relay);
        send(provider);

        relay.answers(verb, "421 4.7.0 enough of you");
        assertThat(send(provider)).isInstanceOf(Accepted.class);
        relay.answers(verb, HANG_UP);
        assertThat(send(provider)).isInstanceOf(Accepted.class);

        assertThat(relay.connections()).isEqualTo(3);
        assertThat(relay.mails()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {WITH_PIPELINING, WITHOUT})
    void a_new_connection_that_the_relay_ends_is_a_failure_for_now(String extension) {
        ScriptedRelay relay = relay().offers(extension).answers("MAIL", "421 4.3.2 closing", "421 4.3.2 closing");
        SmtpProvider provider = provider(relay);

        assertThat(send(provider)).isEqualTo(forNow("421 4.3.2", "closing"));
        await().untilAsserted(() -> assertThat(relay.openConnections()).isZero());
        assertThat(relay.mails()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RCPT | 450 4.2.0 greylisted           | now  | 450 4.2.0 | greylisted
            RCPT | 452 mailbox full               | now  | 452       | mailbox full
            RCPT | 550 5.1.1 unknown              | gone | 550 5.1.1 | unknown
            RCPT | 550 unknown                    | good | 550       | unknown
            RCPT | 550 4.7.1 greylisted, oddly    | now  | 550 4.7.1 | greylisted, oddly
            RCPT | 450 5.1.1 unknown, softly      | now  | 450 5.1.1 | unknown, softly
            RCPT | 530 5.7.0 log in first         | down | 530 5.7.0 | log in first
            MAIL | 451 4.3.0 try later            | now  | 451 4.3.0 | try later
            MAIL | 553 5.1.8 sender not allowed   | down | 553 5.1.8 | sender not allowed
            DATA | 451 4.3.0 try later            | now  | 451 4.3.0 | try later
            DATA | 554 5.5.1 no                   | good | 554 5.5.1 | no
            .    | 452 4.3.1 disk full            | now  | 452 4.3.1 | disk full
            .    | 552 5.3.4 too big              | good | 552 5.3.4 | too big
            .    | 554 5.7.1 spam                 | good | 554 5.7.1 | spam
            .    | 421 4.3.2 closing              | now  | 421 4.3.2 | closing
            """)
    void a_refusal_is_for_now_or_for_good(String verb, String reply, String what, String code, String detail) {
        for (String extension : List.of(WITH_PIPELINING, WITHOUT)) {
            ScriptedRelay relay = relay().offers(extension).answers(verb, reply);
            SmtpProvider provider = provider(relay);

            SendOutcome outcome = send(provider);

            assertThat(outcome)
                    .isEqualTo(
                            switch (what) {
                                case "good" -> new FailedForGood(new Failure(code, detail));
                                case "gone" -> new RecipientGone(new Failure(code, detail), SuppressionReason.BOUNCED);
                                case "down" -> down(code, detail);
                                default -> forNow(code, detail);
                            });
            assertThat(send(provider)).isInstanceOf(Accepted.class);
            assertThat(relay.connections()).isEqualTo(reply.startsWith("421") ? 2 : 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT"})
    void a_relay_that_wants_content_in_spite_of_a_refusal_gets_none(String verb) {
        ScriptedRelay relay =
                relay().offers(WITH_PIPELINING).answers(verb, "550 5.1.1 no").answers("DATA", "354 go on");
        SmtpProvider provider = provider(relay);

        assertThat(send(provider)).isNotInstanceOf(Accepted.class);
        assertThat(relay.mails()).containsExactly("");
        assertThat(send(provider)).isInstanceOf(Accepted.class);
        assertThat(relay.mails()).hasSize(2).last().asString().contains("Good news");
    }

    @ParameterizedTest
    @ValueSource(strings = {WITH_PIPELINING, WITHOUT})
    void silence_after_the_last_dot_is_an_unknown_outcome(String extension) {
        ScriptedRelay relay = relay().offers(extension).answers(".", SILENCE);

        SendOutcome outcome = send(provider(relay, "accept-timeout", "200ms"));

        assertThat(outcome)
                .isEqualTo(new Unknown(
                        new Failure("timeout", "the relay didn't answer to the end of the content in time")));
        assertThat(relay.mails()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {HANG_UP, "nonsense", "354 more"})
    void no_proper_answer_after_the_last_dot_is_an_unknown_outcome_and_not_tried_again(String reply) {
        ScriptedRelay relay = relay().offers(WITH_PIPELINING);
        SmtpProvider provider = provider(relay);
        send(provider);
        relay.answers(".", reply);

        assertThat(send(provider))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.failure().code()).isEqualTo("broken"));
        assertThat(relay.mails()).hasSize(2);
        assertThat(send(provider)).isInstanceOf(Accepted.class);
    }

    @ParameterizedTest
    @CsvSource({
        "PIPELINING, CONNECT",
        "PIPELINING, EHLO",
        "PIPELINING, MAIL",
        "PIPELINING, RCPT",
        "PIPELINING, DATA",
        "8BITMIME, MAIL",
        "8BITMIME, RCPT",
        "8BITMIME, DATA"
    })
    void silence_before_the_content_is_a_failure_for_now(String extension, String verb) {
        ScriptedRelay relay = relay().offers(extension).answers(verb, SILENCE);

        SendOutcome outcome = send(provider(relay, "read-timeout", "200ms"));

        assertThat(failureOf(outcome, verb).code()).isEqualTo("timeout");
        assertThat(relay.mails()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "EHLO", "MAIL", "RCPT", "DATA"})
    void a_connection_that_breaks_before_the_content_is_a_failure_for_now(String verb) {
        ScriptedRelay relay = relay().offers(WITH_PIPELINING).answers(verb, HANG_UP, HANG_UP);

        assertThat(failureOf(send(provider(relay)), verb).code()).isEqualTo("broken");
    }

    /** Before there is a connection, it says nothing of the mail. */
    private static Failure failureOf(SendOutcome outcome, String verb) {
        return switch (outcome) {
            case ProviderDown(Failure failure, Duration _)
            when Set.of("CONNECT", "EHLO").contains(verb) -> failure;
            case FailedForNow(Failure failure, Duration _)
            when !Set.of("CONNECT", "EHLO").contains(verb) -> failure;
            default -> throw new AssertionError(verb + ": " + outcome);
        };
    }

    @Test
    void a_relay_that_stops_reading_is_not_waited_for() {
        ScriptedRelay relay = relay().answers("DATA", DEAFNESS);

        SendOutcome outcome =
                provider(relay, "write-timeout", "300ms").send(Samples.message("big", "x".repeat(20_000_000), null));

        assertThat(outcome).isEqualTo(forNow("timeout", "the relay didn't answer to the content in time"));
    }

    @Test
    void a_greeting_that_is_none_says_that_the_provider_is_down() {
        ScriptedRelay relay = relay().answers("CONNECT", "554 5.7.1 no service for you");

        assertThat(send(provider(relay))).isEqualTo(down("554 5.7.1", "no service for you"));
    }

    @Test
    void a_relay_that_is_not_there_is_unreachable() throws IOException {
        int unused;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unused = socket.getLocalPort();
        }

        assertThat(send(provider(Samples.settings(unused))))
                .isEqualTo(down("unreachable", "the relay can't be connected to"));
        assertThat(send(provider(Samples.settings(unused, "host", "relay.invalid"))))
                .isEqualTo(down("unreachable", "the relay's name is not known"));
    }

    @Test
    void dots_and_long_lines_arrive_as_they_were() {
        ScriptedRelay relay = relay().offers(WITH_PIPELINING);
        String text = ".\r\n..\r\n.a\r\n" + "b".repeat(900) + "\r\n.";

        provider(relay).send(Samples.message("s", text, null));

        assertThat(relay.mails().getFirst()).endsWith("\r\n\r\n" + text + "\r\n");
    }

    @Test
    void a_relay_that_names_no_queue_id_is_known_by_our_message_id() {
        ScriptedRelay relay = relay().answers(".", "250 2.0.0 Ok");

        assertThat(send(provider(relay))).isEqualTo(new Accepted("<" + Samples.ID + "@tidings.example>"));
    }

    @Test
    void what_cannot_go_along_is_not_left_out_in_silence() {
        Message withPicture = new Message(
                "Hello",
                "Hello",
                null,
                new Message.Extras(null, Map.of(), Map.of(), URI.create("https://media.example/a.png"), Map.of()));

        assertThat(provider(relay()).send(Samples.messageTo(null, null, withPicture)))
                .isInstanceOf(SendOutcome.Unsuitable.class);
    }

    @Test
    void a_failure_names_nobody() {
        ScriptedRelay relay = relay().answers(
                        "RCPT",
                        "550-5.1.1 <ada.lovelace@example.org>: Recipient address\n550 5.1.1 rejected: Ada.Lovelace unknown");

        assertThat(send(provider(relay)))
                .isEqualTo(new RecipientGone(
                        new Failure("550 5.1.1", "<…>: Recipient address rejected: <…> unknown"),
                        SuppressionReason.BOUNCED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"550 5.7.1 by policy", "552 5.2.2 full", "550 no enhanced code", "450 5.1.1 not sure"})
    void what_says_nothing_of_the_address_does_not_end_it(String answer) {
        assertThat(send(provider(relay().answers("RCPT", answer)))).isNotInstanceOf(RecipientGone.class);
    }

    @Test
    void a_connection_that_was_quiet_for_long_is_asked_before_it_is_used() {
        ScriptedRelay relay = relay();
        SmtpProvider provider = provider(relay);
        send(provider);

        passes(Duration.ofSeconds(9));
        send(provider);
        assertThat(relay.heard()).doesNotContain("NOOP");

        passes(Duration.ofSeconds(30));
        send(provider);
        assertThat(relay.heard()).contains("NOOP");
        assertThat(relay.connections()).isEqualTo(1);

        passes(Duration.ofSeconds(30));
        relay.answers("NOOP", "421 gone");
        assertThat(send(provider)).isInstanceOf(Accepted.class);
        assertThat(relay.connections()).isEqualTo(2);
    }

    @Test
    void a_connection_that_nobody_needs_is_closed_politely() {
        ScriptedRelay relay = relay();
        SmtpProvider provider = provider(relay, "keep-idle", "60s");
        send(provider);

        passes(Duration.ofSeconds(61));

        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(relay.heard()).contains("QUIT"));
        assertThat(send(provider)).isInstanceOf(Accepted.class);
        assertThat(relay.connections()).isEqualTo(2);
    }

    @Test
    void a_connection_is_replaced_after_so_many_mails() {
        ScriptedRelay relay = relay();
        SmtpProvider provider = provider(relay, "mails-per-connection", 2);

        for (int i = 0; i < 5; i++) {
            assertThat(send(provider)).isInstanceOf(Accepted.class);
        }

        assertThat(relay.connections()).isEqualTo(3);
    }

    @Test
    void at_the_end_connections_are_closed_politely_and_no_more_are_opened() {
        ScriptedRelay relay = relay();
        SmtpProvider provider = provider(relay);
        send(provider);

        provider.close();

        assertThat(relay.heard()).last().isEqualTo("QUIT");
        assertThat(send(provider)).isEqualTo(down("closing", "Tidings is shutting down"));
    }

    @Test
    void a_healthy_relay_has_no_problem_and_gets_no_mail() {
        ScriptedRelay relay = relay();

        assertThat(provider(relay).problem()).isEmpty();
        assertThat(relay.heard()).containsExactly("EHLO [127.0.0.1]", "NOOP", "QUIT");
    }

    @Test
    void a_problem_is_told_in_words() {
        assertThat(provider(relay().answers("CONNECT", "421 4.3.2 down for maintenance"))
                        .problem())
                .contains("421 4.3.2: down for maintenance");
        assertThat(provider(relay().answers("NOOP", "451 hm")).problem())
                .contains("the relay takes connections but doesn't answer");
    }

    @Test
    void we_introduce_ourselves_by_the_configured_name() {
        ScriptedRelay relay = relay();

        send(provider(relay, "ehlo-name", "tidings.example"));

        assertThat(relay.heard()).first().isEqualTo("EHLO tidings.example");
    }

    private ScriptedRelay relay() {
        ScriptedRelay relay = new ScriptedRelay();
        toClose.add(relay);
        return relay;
    }

    private SmtpProvider provider(ScriptedRelay relay, Object... settings) {
        return provider(Samples.settings(relay.port(), settings));
    }

    private SmtpProvider provider(MailSettings settings) {
        SmtpProvider provider = new SmtpProvider(
                new ProviderName("smtp"), settings, (SSLSocketFactory) SSLSocketFactory.getDefault(), false, now::get);
        toClose.add(provider);
        return provider;
    }

    private static SendOutcome send(SmtpProvider provider) {
        return provider.send(Samples.message());
    }

    private static SendOutcome down(String code, String detail) {
        return new ProviderDown(new Failure(code, detail));
    }

    private static SendOutcome forNow(String code, String detail) {
        return new FailedForNow(new Failure(code, detail), Duration.ZERO);
    }

    private void passes(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }
}
