package dev.tidings.adapters.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.notification.SendOutcome.Accepted;
import dev.tidings.domain.notification.SendOutcome.ProviderDown;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS and login: what is said to whom, and when nothing is said. */
class SmtpSecurityTest {

    private static TestCertificate forLocalhost;
    private static TestCertificate forAnother;

    @BeforeAll
    static void makeCertificates(@TempDir Path directory) throws Exception {
        forLocalhost = new TestCertificate(directory, "localhost");
        forAnother = new TestCertificate(directory, "another.example");
    }

    @Test
    void where_tls_is_required_and_not_offered_nothing_is_sent() {
        try (ScriptedRelay relay = new ScriptedRelay().offers("AUTH PLAIN")) {
            SendOutcome outcome = send(relay, forLocalhost, "tls", "required", "username", "us", "password", "secret");

            assertThat(outcome)
                    .isEqualTo(
                            down("tls", "the relay offers no STARTTLS, and tidings.mail.tls (SMTP_TLS) requires it"));
            assertThat(relay.heard()).containsExactly("EHLO [127.0.0.1]");
        }
    }

    @Test
    void a_password_is_never_sent_in_the_clear_unless_that_is_configured() {
        try (ScriptedRelay relay = new ScriptedRelay().offers("AUTH PLAIN")) {
            assertThat(send(relay, forLocalhost, "username", "us", "password", "secret"))
                    .isInstanceOf(ProviderDown.class);
            assertThat(relay.heard()).noneMatch(line -> line.startsWith("AUTH"));

            assertThat(send(relay, forLocalhost, "tls", "none", "username", "us", "password", "secret"))
                    .isInstanceOf(Accepted.class);
            assertThat(relay.heard()).contains("AUTH PLAIN " + base64("us\0us\0secret"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PIPELINING", "8BITMIME"})
    void with_starttls_mail_and_login_go_encrypted(String extension) throws Exception {
        try (ScriptedRelay relay =
                new ScriptedRelay().offers(extension).offers("AUTH PLAIN").offersStartTls(forLocalhost.forTheRelay())) {
            assertThat(send(relay, forLocalhost, "username", "us", "password", "secret"))
                    .isInstanceOf(Accepted.class);

            assertThat(relay.heard())
                    .containsSequence(
                            "EHLO [127.0.0.1]",
                            "STARTTLS",
                            "EHLO [127.0.0.1]",
                            "AUTH PLAIN " + base64("us\0us\0secret"));
            assertThat(relay.heard()).last().isEqualTo("QUIT");
            assertThat(relay.mails()).hasSize(1);
        }
    }

    @Test
    void with_implicit_tls_all_goes_encrypted() throws Exception {
        try (ScriptedRelay relay = new ScriptedRelay(forLocalhost.forTheRelay()).offers("PIPELINING")) {
            assertThat(send(relay, forLocalhost, "tls", "implicit")).isInstanceOf(Accepted.class);

            assertThat(relay.mails()).hasSize(1);
            assertThat(relay.heard()).last().isEqualTo("QUIT");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"required", "implicit"})
    void a_certificate_that_nobody_vouches_for_is_refused(String tls) throws Exception {
        try (ScriptedRelay relay = relay(tls, forLocalhost)) {
            assertThat(send(relay, forAnother, "tls", tls)).satisfies(SmtpSecurityTest::failedForTls);
            assertThat(relay.heard()).noneMatch(line -> line.startsWith("MAIL"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"required", "implicit"})
    void a_certificate_for_another_host_is_refused(String tls) throws Exception {
        try (ScriptedRelay relay = relay(tls, forAnother)) {
            assertThat(send(relay, forAnother, "tls", tls)).satisfies(SmtpSecurityTest::failedForTls);
            assertThat(send(relay, forAnother, "tls", tls, "host", "127.0.0.1"))
                    .satisfies(SmtpSecurityTest::failedForTls);
            assertThat(relay.heard()).noneMatch(line -> line.startsWith("MAIL"));
        }
    }

    /** The address's name, as anybody's name server may tell it, must not be what the certificate is compared with. */
    @Test
    void a_host_that_is_configured_as_an_address_is_not_looked_up() throws Exception {
        try (ScriptedRelay relay = relay("required", forLocalhost)) {
            assertThat(send(relay, forLocalhost, "tls", "required", "host", "127.0.0.1"))
                    .satisfies(SmtpSecurityTest::failedForTls);
        }
    }

    @Test
    void opportunistic_tls_takes_any_certificate_and_none() throws Exception {
        try (ScriptedRelay relay = relay("starttls", forAnother)) {
            assertThat(send(relay, forLocalhost)).isInstanceOf(Accepted.class);
            assertThat(relay.heard()).contains("STARTTLS");
        }
        try (ScriptedRelay relay = new ScriptedRelay()) {
            assertThat(send(relay, forLocalhost)).isInstanceOf(Accepted.class);
        }
    }

    @Test
    void without_tls_an_offer_of_it_is_ignored() throws Exception {
        try (ScriptedRelay relay = relay("starttls", forLocalhost)) {
            assertThat(send(relay, forLocalhost, "tls", "none")).isInstanceOf(Accepted.class);
            assertThat(relay.heard()).doesNotContain("STARTTLS");
        }
    }

    @Test
    void a_refused_login_is_a_failure_for_now_that_does_not_tell_it() {
        try (ScriptedRelay relay = new ScriptedRelay()
                .offers("AUTH PLAIN")
                .answers("AUTH", "535 5.7.8 bad credentials for us@tidings.example")) {
            SendOutcome outcome = send(relay, forLocalhost, "tls", "none", "username", "us", "password", "secret");

            assertThat(outcome).isEqualTo(down("535 5.7.8", "bad credentials for <…>"));
            assertThat(outcome.toString()).doesNotContain("secret");
            assertThat(relay.heard()).noneMatch(line -> line.startsWith("MAIL"));
        }
    }

    @Test
    void a_relay_that_hangs_up_at_starttls_is_a_failure_for_now() {
        try (ScriptedRelay relay = new ScriptedRelay().offers("STARTTLS").answers("STARTTLS", ScriptedRelay.HANG_UP)) {
            assertThat(send(relay, forLocalhost, "tls", "required"))
                    .isInstanceOfSatisfying(
                            ProviderDown.class,
                            failed -> assertThat(failed.failure().code()).isEqualTo("broken"));
        }
    }

    private static ScriptedRelay relay(String tls, TestCertificate certificate) throws Exception {
        return tls.equals("implicit")
                ? new ScriptedRelay(certificate.forTheRelay())
                : new ScriptedRelay().offersStartTls(certificate.forTheRelay());
    }

    private static SendOutcome send(ScriptedRelay relay, TestCertificate trusted, Object... settings) {
        SSLSocketFactory sockets;
        try {
            sockets = trusted.trusted();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        MailSettings bound = Samples.settings(relay.port(), settings);
        try (SmtpProvider provider =
                new SmtpProvider(new ProviderName("smtp"), bound, sockets, false, InstantSource.system())) {
            return provider.send(Samples.message());
        }
    }

    private static void failedForTls(SendOutcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        ProviderDown.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo("tls"));
    }

    private static SendOutcome down(String code, String detail) {
        return new ProviderDown(new Failure(code, detail));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
