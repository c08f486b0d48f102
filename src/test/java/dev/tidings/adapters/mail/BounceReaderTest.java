package dev.tidings.adapters.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.reports.CallbackReader;
import dev.tidings.application.reports.CallbackReader.Reading;
import dev.tidings.application.reports.CallbackReader.Why;
import dev.tidings.application.reports.ProviderNews.DeliveryReport;
import dev.tidings.application.reports.ProviderNews.Sent;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.notification.ReportedStage;
import dev.tidings.domain.recipient.SuppressionReason;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BounceReaderTest {

    private static final Instant NOW = Instant.parse("2026-03-04T06:00:00Z");
    private static final String URL = "https://tidings.example/callbacks/smtp";
    private static final Map<String, List<String>> SECRET = Map.of("authorization", List.of("Bearer s3cret"));

    private final BounceReader reader = new BounceReader(
            new ProviderName("smtp"), Samples.settings(25, "bounce-secret", "s3cret"), InstantSource.fixed(NOW));

    private static String postfix(String perRecipient, String original) {
        return """
                Return-Path: <>
                Received: by mx.tidings.example (Postfix)
                \tid 4F2A01C0042; Wed,  4 Mar 2026 05:07:00 +0000 (UTC)
                Date: Wed,  4 Mar 2026 05:07:00 +0000 (UTC)
                From: MAILER-DAEMON@mx.tidings.example (Mail Delivery System)
                Subject: Undelivered Mail Returned to Sender
                To: bounces@tidings.example
                Auto-Submitted: auto-replied
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status;
                \tboundary="C3A561C0046.1772600820/mx.tidings.example"
                Content-Transfer-Encoding: 8bit
                Message-Id: <20260304050700.4F2A01C0042@mx.tidings.example>

                This is a MIME-encapsulated message.

                --C3A561C0046.1772600820/mx.tidings.example
                Content-Description: Notification
                Content-Type: text/plain; charset=utf-8

                Your message could not be delivered to one or more recipients.

                --C3A561C0046.1772600820/mx.tidings.example
                Content-Description: Delivery report
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.tidings.example
                X-Postfix-Queue-ID: C3A561C0046
                X-Postfix-Sender: rfc822; bounces@tidings.example
                Arrival-Date: Wed,  4 Mar 2026 05:06:58 +0000 (UTC)

                %s
                --C3A561C0046.1772600820/mx.tidings.example
                Content-Description: Undelivered Message Headers
                Content-Type: text/rfc822-headers
                Content-Transfer-Encoding: 8bit

                %s
                --C3A561C0046.1772600820/mx.tidings.example--
                """.formatted(perRecipient, original);
    }

    private static String failed(String action, String status, String diagnostic) {
        return """
                Final-Recipient: rfc822; ada.lovelace@example.org
                Original-Recipient: rfc822;ada.lovelace@example.org
                Action: %s
                Status: %s
                Remote-MTA: dns; mx.example.org
                Diagnostic-Code: smtp; %s
                """.formatted(action, status, diagnostic);
    }

    private static final String OURS = """
            Return-Path: <bounces@tidings.example>
            Date: Wed, 4 Mar 2026 05:06:07 +0000
            From: Tidings <no-reply@tidings.example>
            To: Ada <ada.lovelace@example.org>
            Subject: Hello
            Message-ID: <%s@tidings.example>
            Auto-Submitted: auto-generated
            X-Tidings-Attempt: 2
            MIME-Version: 1.0
            """.formatted(Samples.ID);

    @Test
    void a_mailbox_that_does_not_exist_bounces_and_is_not_written_to_again() {
        String report = postfix(failed("failed", "5.1.1", """
                550 5.1.1
                    <ada.lovelace@example.org>: Recipient address rejected: User unknown in
                    local recipient table"""), OURS);

        assertThat(news(report))
                .isEqualTo(new DeliveryReport(
                        null,
                        new Sent(Samples.ID, 2),
                        ReportedStage.BOUNCED,
                        new Failure(
                                "5.1.1",
                                "550 5.1.1 <…>: Recipient address rejected: User unknown in local recipient table"),
                        SuppressionReason.BOUNCED,
                        Instant.parse("2026-03-04T05:07:00Z")));
    }

    @ParameterizedTest
    @CsvSource({
        "5.1.1, true",
        "5.1.2, true",
        "5.1.3, true",
        "5.1.6, true",
        "5.1.10, true",
        "5.1.0, false",
        "5.1.8, false",
        "5.2.1, false",
        "5.2.2, false",
        "5.4.4, false",
        "5.7.1, false",
        "5.0.0, false",
        "4.4.7, false"
    })
    void all_that_was_given_up_has_bounced_but_only_where_nobody_is_nothing_is_sent_any_more(
            String status, boolean suppressed) {
        DeliveryReport report = news(postfix(failed("failed", status, "550 no"), OURS));

        assertThat(report.stage()).isEqualTo(ReportedStage.BOUNCED);
        assertThat(report.failure()).isEqualTo(new Failure(status, "550 no"));
        assertThat(report.suppress()).isEqualTo(suppressed ? SuppressionReason.BOUNCED : null);
    }

    @ParameterizedTest
    @CsvSource({
        "delayed, 4.4.1, ACCEPTED",
        "Delayed, 4.2.2, ACCEPTED",
        "relayed, 2.0.0, ACCEPTED",
        "expanded, 2.0.0, ACCEPTED",
        "delivered, 2.0.0, DELIVERED"
    })
    void what_is_still_under_way_or_has_arrived_has_not_bounced(String action, String status, ReportedStage stage) {
        DeliveryReport report = news(postfix(failed(action, status, "450 later"), OURS));

        assertThat(report.stage()).isEqualTo(stage);
        assertThat(report.failure()).isNull();
        assertThat(report.suppress()).isNull();
    }

    @Test
    void each_recipient_that_is_named_is_reported_on() {
        String two = failed("delivered", "2.0.0", "250 ok") + "\n" + failed("failed", "5.1.1", "550 no");

        assertThat(genuine(postfix(two, OURS)))
                .extracting(news -> ((DeliveryReport) news).stage())
                .containsExactly(ReportedStage.DELIVERED, ReportedStage.BOUNCED);
    }

    @Test
    void exchange_returns_the_whole_mail() {
        String report = """
                From: <postmaster@example.org>
                To: <bounces@tidings.example>
                Date: Wed, 4 Mar 2026 05:07:10 +0000
                Content-Type: multipart/report; report-type=delivery-status;
                \tboundary="a1b2c3d4-e5f6-7890-abcd-ef0123456789"
                X-MS-Exchange-Message-Is-Ndr:
                Content-Language: en-US
                Message-ID: <5e0d2c0b@DB0EUR03.example.org>
                In-Reply-To: <%1$s@tidings.example>
                References: <%1$s@tidings.example>
                Subject: Undeliverable: Hello
                Auto-Submitted: auto-replied
                MIME-Version: 1.0

                --a1b2c3d4-e5f6-7890-abcd-ef0123456789
                Content-Type: multipart/alternative; differences=Content-Type;
                \tboundary="inner"

                --inner
                Content-Type: text/plain; charset="us-ascii"
                Content-Transfer-Encoding: quoted-printable

                Your message couldn't be delivered.
                --inner
                Content-Type: text/html; charset="us-ascii"
                Content-Transfer-Encoding: quoted-printable

                <html>Your message couldn't be delivered.</html>
                --inner--

                --a1b2c3d4-e5f6-7890-abcd-ef0123456789
                Content-Type: message/delivery-status

                Reporting-MTA: dns;DB0EUR03HT001.example.org
                Received-From-MTA: dns;mx.tidings.example
                Arrival-Date: Wed, 4 Mar 2026 05:07:08 +0000


                Final-Recipient: rfc822;ada.lovelace@example.org
                Action: failed
                Status: 5.1.10
                Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient
                 ada.lovelace@example.org not found by SMTP address lookup

                --a1b2c3d4-e5f6-7890-abcd-ef0123456789
                Content-Type: message/rfc822

                Received: from mx.tidings.example by DB0EUR03HT001.example.org; Wed, 4 Mar 2026 05:07:08 +0000
                Date: Wed, 4 Mar 2026 05:06:07 +0000
                From: Tidings <no-reply@tidings.example>
                To: Ada <ada.lovelace@example.org>
                Message-ID:
                \t<%1$s@tidings.example>
                Content-Type: text/plain; charset=UTF-8

                Message-ID: <00000000-0000-7000-8000-000000000000@tidings.example>

                --a1b2c3d4-e5f6-7890-abcd-ef0123456789--
                """.formatted(Samples.ID);

        DeliveryReport bounced = news(report);

        assertThat(bounced.sent()).isEqualTo(new Sent(Samples.ID, 0));
        assertThat(bounced.stage()).isEqualTo(ReportedStage.BOUNCED);
        assertThat(bounced.suppress()).isEqualTo(SuppressionReason.BOUNCED);
        assertThat(bounced.failure())
                .isEqualTo(new Failure(
                        "5.1.10",
                        "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient <…> not found by SMTP address lookup"));
    }

    private static String feedback(String type) {
        return """
                From: <feedback@mail.example.org>
                Date: Wed, 4 Mar 2026 05:30:00 +0000
                Subject: FW: Hello
                To: <abuse@tidings.example>
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=feedback-report;
                     boundary="part1_13d.2e68ed54_boundary"

                --part1_13d.2e68ed54_boundary
                Content-Type: text/plain; charset="US-ASCII"
                Content-Transfer-Encoding: 7bit

                This is an email abuse report for an email message received from IP 192.0.2.1.

                --part1_13d.2e68ed54_boundary
                Content-Type: message/feedback-report

                %s
                User-Agent: SomeGenerator/1.0
                Version: 1
                Original-Mail-From: <bounces@tidings.example>
                Arrival-Date: Wed, 4 Mar 2026 05:06:58 +0000
                Source-IP: 192.0.2.1

                --part1_13d.2e68ed54_boundary
                Content-Type: message/rfc822
                Content-Disposition: inline

                %s
                Hello

                --part1_13d.2e68ed54_boundary--
                """.formatted(type, OURS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Feedback-Type: abuse", "feedback-type: Fraud"})
    void who_calls_it_spam_has_got_it_and_wants_no_more(String type) {
        assertThat(news(feedback(type)))
                .isEqualTo(new DeliveryReport(
                        null,
                        new Sent(Samples.ID, 2),
                        ReportedStage.COMPLAINED,
                        null,
                        SuppressionReason.COMPLAINED,
                        Instant.parse("2026-03-04T05:30:00Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Feedback-Type: not-spam", "Feedback-Type: virus", "Feedback-Type: other"})
    void other_feedback_is_no_complaint(String type) {
        assertThat(genuine(feedback(type))).isEmpty();
    }

    @Test
    void what_is_no_report_or_not_about_ours_is_nothing_to_us() {
        assertThat(genuine("""
                From: Ada <ada.lovelace@example.org>
                Subject: I'm on holiday
                Content-Type: text/plain

                Until Monday.
                """)).isEmpty();
        assertThat(genuine(postfix(
                        failed("failed", "5.1.1", "550 no"), OURS.replace("@tidings.example>", "@other.example>"))))
                .isEmpty();
        assertThat(genuine(postfix(failed("failed", "5.1.1", "550 no"), OURS.replace(Samples.ID + "", "x"))))
                .isEmpty();
        assertThat(genuine(postfix(failed("failed", "5.1.1", "550 no"), "Subject: Hello\n")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Tidings-Attempt: 0",
                "X-Tidings-Attempt: -1",
                "X-Tidings-Attempt: 9999999999",
                "X-Tidings-Attempt: 2000",
                "X-Tidings-Attempt: two",
                "X-Other: 2"
            })
    void an_attempt_that_cannot_be_is_not_known(String header) {
        assertThat(news(postfix(failed("failed", "5.1.1", "no"), OURS.replace("X-Tidings-Attempt: 2", header)))
                        .sent())
                .isEqualTo(new Sent(Samples.ID, 0));
    }

    @Test
    void without_a_date_it_is_of_now() {
        String undated = postfix(failed("failed", "5.1.1", "no"), OURS)
                .replace("Date: Wed,  4 Mar 2026 05:07:00 +0000 (UTC)\n", "Date: yesterday\n");

        assertThat(news(undated).at()).isEqualTo(NOW);
    }

    @Test
    void what_cannot_be_read_is_told_as_such() {
        String good = postfix(failed("failed", "5.1.1", "550 no"), OURS);
        for (String bad : List.of(
                "",
                "\n\n\n",
                "no mail at all",
                "\u0000\u0001\u0002",
                good.substring(0, good.indexOf("Content-Description: Delivery report")),
                good.replace("message/delivery-status", "text/plain"),
                good.replace("Status: 5.1.1", "Status: bad"),
                good.replace("Status: 5.1.1", "Status: 6.1.1"),
                good.replace("Action: failed", "Action: eaten"),
                good.replace("Final-Recipient:", "X:").replace("Action:", "Y:"),
                postfix("", OURS),
                feedback("X: y"),
                "Content-Type: multipart/report; report-type=delivery-status; boundary=x\n\n"
                        + "--x\n\n".repeat(100))) {
            assertThat(read(bad, SECRET)).as(bad).isInstanceOf(Reading.Unreadable.class);
        }
    }

    @Test
    void whoever_hands_it_over_has_to_know_the_secret() {
        String mail = postfix(failed("failed", "5.1.1", "550 no"), OURS);

        assertThat(read(mail, Map.of())).isEqualTo(new Reading.Refused(Why.FORGED));
        assertThat(read(mail, Map.of("authorization", List.of("Bearer s3cre"))))
                .isEqualTo(new Reading.Refused(Why.FORGED));
        assertThat(read(mail, Map.of("authorization", List.of("Basic s3cret"))))
                .isEqualTo(new Reading.Refused(Why.FORGED));
        assertThat(reader.read(callback("POST", URL + "/s3cre", mail, Map.of())))
                .isEqualTo(new Reading.Refused(Why.FORGED));
        assertThat(reader.read(callback("GET", URL, mail, SECRET))).isEqualTo(new Reading.Refused(Why.FORGED));
        assertThat(reader.read(callback("POST", URL + "/s3cret", mail, Map.of())))
                .isInstanceOf(Reading.Genuine.class);
        assertThat(read(mail, Map.of("authorization", List.of("bearer  s3cret"))))
                .isInstanceOf(Reading.Genuine.class);
    }

    @Test
    void without_a_secret_nobody_is_believed() {
        BounceReader unguarded =
                new BounceReader(new ProviderName("smtp"), Samples.settings(25), InstantSource.fixed(NOW));

        assertThat(unguarded.read(callback("POST", URL + "/", "", Map.of("authorization", List.of("Bearer ")))))
                .isEqualTo(new Reading.Refused(Why.UNVERIFIABLE));
    }

    private DeliveryReport news(String mail) {
        assertThat(genuine(mail)).hasSize(1);
        return (DeliveryReport) genuine(mail).getFirst();
    }

    private List<?> genuine(String mail) {
        Reading reading = read(mail, SECRET);
        assertThat(reading).isInstanceOf(Reading.Genuine.class);
        return ((Reading.Genuine) reading).news();
    }

    private Reading read(String mail, Map<String, List<String>> headers) {
        return reader.read(callback("POST", URL, mail, headers));
    }

    private static CallbackReader.Callback callback(
            String method, String url, String mail, Map<String, List<String>> headers) {
        byte[] bytes = mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        return new CallbackReader.Callback(
                method, URI.create(url), headers, ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    }
}
