package dev.tidings.adapters.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.application.notification.Message;
import dev.tidings.domain.recipient.EmailAddress;
import jakarta.mail.Address;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Reads with Jakarta Mail what was written without it. */
class MailWriterTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.891Z");
    private static final MailWriter WRITER = new MailWriter(
            new EmailAddress("no-reply@tidings.example"),
            "Tidings für alle",
            new EmailAddress("bounces@tidings.example"));

    @Example
    void a_mail_says_who_what_when_and_that_nobody_wrote_it() throws Exception {
        Mail mail = WRITER.write(Samples.message("Grüße", "Hallo", "<p>Hallo"), NOW);
        MimeMessage read = read(mail);

        assertThat(mail.messageId()).isEqualTo("<" + Samples.ID + "@tidings.example>");
        assertThat(mail.sender()).isEqualTo("bounces@tidings.example");
        assertThat(mail.recipient()).isEqualTo("ada.lovelace@example.org");
        assertThat(read.getMessageID()).isEqualTo(mail.messageId());
        assertThat(read.getSentDate()).isEqualTo(Date.from(Instant.parse("2026-03-04T05:06:07Z")));
        assertThat(read.getFrom())
                .containsExactly(new InternetAddress("no-reply@tidings.example", "Tidings für alle", "UTF-8"));
        assertThat(personal(read.getFrom()[0])).isEqualTo("Tidings für alle");
        assertThat(read.getAllRecipients()).containsExactly(new InternetAddress("ada.lovelace@example.org"));
        assertThat(personal(read.getAllRecipients()[0])).isEqualTo("Ada");
        assertThat(read.getSubject()).isEqualTo("Grüße");
        assertThat(headers(read))
                .containsExactly(
                        "Date",
                        "From",
                        "To",
                        "Subject",
                        "Message-ID",
                        "Auto-Submitted",
                        "X-Tidings-Attempt",
                        "X-Correlation-ID",
                        "MIME-Version",
                        "Content-Type");
        assertThat(read.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(read.getHeader("X-Tidings-Attempt")).containsExactly("1");
        assertThat(read.getHeader("X-Correlation-ID")).containsExactly("correlation-1");
        assertThat(read.getHeader("MIME-Version")).containsExactly("1.0");
    }

    @Example
    void text_comes_first_and_html_is_the_better_alternative() throws Exception {
        MimeMessage read = read(WRITER.write(Samples.message("s", "text", "<p>html"), NOW));

        assertThat(read.isMimeType("multipart/alternative")).isTrue();
        MimeMultipart parts = (MimeMultipart) read.getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(0).getContentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(parts.getBodyPart(1).getContentType()).isEqualTo("text/html; charset=UTF-8");
    }

    @Example
    void without_html_there_is_one_part() throws Exception {
        MimeMessage read = read(WRITER.write(Samples.message("s", "text\n", null), NOW));

        assertThat(read.getContentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(text(read)).isEqualTo("text\r\n");
    }

    @Example
    void the_encoding_suits_the_text() throws Exception {
        assertThat(encodingOf("plain words")).isEqualTo("7bit");
        assertThat(encodingOf("viele Grüße, und noch etwas mehr Text")).isEqualTo("quoted-printable");
        assertThat(encodingOf("x".repeat(999))).isEqualTo("quoted-printable");
        assertThat(encodingOf("a\u0007b")).isEqualTo("quoted-printable");
        assertThat(encodingOf("こんにちは世界")).isEqualTo("base64");
    }

    private static String encodingOf(String text) throws MessagingException, IOException {
        return read(WRITER.write(Samples.message("s", text, null), NOW)).getEncoding();
    }

    @Example
    void a_message_id_is_the_same_on_every_attempt() {
        OutgoingMessage first = Samples.message();
        OutgoingMessage second = new OutgoingMessage(
                first.notificationId(),
                2,
                first.lane(),
                first.context(),
                first.recipient(),
                null,
                first.message(),
                null,
                OutgoingMessage.LastLook.NOTHING);

        assertThat(WRITER.write(second, NOW.plusSeconds(30)).messageId())
                .isEqualTo(WRITER.write(first, NOW).messageId());
    }

    @Example
    void a_name_that_means_something_to_the_syntax_is_quoted() throws Exception {
        for (String name : List.of(
                "Lovelace, Ada", "Ada \"the Countess\" L.", "a@b <c@d>", "back\\slash", "=?UTF-8?Q?x?=", "()")) {
            MimeMessage read = read(WRITER.write(Samples.messageTo(name, null, new Message("s", "t", null)), NOW));

            assertThat(read.getAllRecipients()).containsExactly(new InternetAddress("ada.lovelace@example.org"));
            assertThat(personal(read.getAllRecipients()[0])).isEqualTo(name);
        }
    }

    @Example
    void a_long_subject_of_plain_words_is_folded_and_stays_readable() throws Exception {
        String subject =
                "Your order of many things has been sent to you ".repeat(5).strip();

        Mail mail = WRITER.write(Samples.message(subject, "t", null), NOW);

        assertThat(read(mail).getSubject()).isEqualTo(subject);
        assertThat(written(mail)).contains("Subject: Your order of many").doesNotContain("Subject: =?");
    }

    @Property(tries = 300)
    void what_is_written_is_what_is_read(
            @ForAll("texts") String subject, @ForAll("texts") String text, @ForAll("texts") String html)
            throws Exception {
        MimeMessage read = read(WRITER.write(Samples.message(subject, text, html), NOW));

        assertThat(read.getSubject()).isEqualTo(inOneLine(subject));
        MimeMultipart parts = (MimeMultipart) read.getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(text(parts.getBodyPart(0))).isEqualTo(canonical(text));
        assertThat(text(parts.getBodyPart(1))).isEqualTo(canonical(html));
    }

    @Property(tries = 300)
    void nothing_a_caller_gives_becomes_a_header_of_its_own(
            @ForAll("texts") String subject, @ForAll("texts") String name, @ForAll("texts") String correlationId)
            throws Exception {
        MimeMessage read =
                read(WRITER.write(Samples.messageTo(name, correlationId, new Message(subject, "t", null)), NOW));

        assertThat(headers(read))
                .filteredOn(header -> !header.equals("X-Correlation-ID"))
                .containsExactly(
                        "Date",
                        "From",
                        "To",
                        "Subject",
                        "Message-ID",
                        "Auto-Submitted",
                        "X-Tidings-Attempt",
                        "MIME-Version",
                        "Content-Type",
                        "Content-Transfer-Encoding");
        assertThat(read.getAllRecipients()).containsExactly(new InternetAddress("ada.lovelace@example.org"));
        String expected = inOneLine(name).strip();
        assertThat(personal(read.getAllRecipients()[0])).isEqualTo(expected.isEmpty() ? null : expected);
        if (read.getHeader("X-Correlation-ID") != null) {
            assertThat(read.getHeader("X-Correlation-ID")).containsExactly(correlationId);
        }
    }

    @Property(tries = 300)
    void lines_are_short_and_ascii_and_end_with_crlf(
            @ForAll("texts") String subject, @ForAll("texts") String name, @ForAll("texts") String text) {
        String mail = written(WRITER.write(Samples.messageTo(name, name, new Message(subject, text, text)), NOW));

        assertThat(mail).endsWith("\r\n").doesNotContain("\r\r", "\n\n");
        assertThat(mail.replace("\r\n", "")).doesNotContain("\r", "\n");
        assertThat(mail.chars()).allMatch(octet -> octet < 128);
        assertThat(mail.lines()).allMatch(line -> line.length() <= 998);
        assertThat(mail.substring(0, mail.indexOf("\r\n\r\n")).lines())
                .filteredOn(line -> !line.startsWith("X-Correlation-ID"))
                .allMatch(line -> line.length() <= 78);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> anything = Arbitraries.strings().ofMaxLength(300);
        Arbitrary<String> awkward = Arbitraries.of(
                        "\r\n",
                        "\r",
                        "\n",
                        "\r\nBcc: eve@example.org",
                        "\n.\r\n",
                        ".",
                        "..",
                        " ",
                        "\t",
                        "  ",
                        "=",
                        "=?UTF-8?Q?a?=",
                        "?=",
                        "\"",
                        "\\",
                        "<",
                        ">",
                        ",",
                        ";",
                        ":",
                        "@",
                        "é",
                        "日本語",
                        "👩‍🚀",
                        "\u0000",
                        "\u0085",
                        "\u2028",
                        "\uD83D",
                        "From ",
                        "--=_0198c0de",
                        "x".repeat(80),
                        "word ",
                        "x".repeat(1100))
                .list()
                .ofMaxSize(15)
                .map(pieces -> String.join("", pieces));
        return Arbitraries.oneOf(anything, awkward);
    }

    private static String inOneLine(String text) {
        return wellFormed(text).replaceAll("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029]", " ");
    }

    private static String canonical(String text) {
        return wellFormed(text).replaceAll("\r\n|\r|\n", "\r\n");
    }

    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static MimeMessage read(Mail mail) throws MessagingException {
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(written(mail).getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String written(Mail mail) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            mail.content().writeTo(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static String text(Part part) throws MessagingException, IOException {
        return new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static List<String> headers(MimeMessage message) throws MessagingException {
        return Collections.list(message.getAllHeaders()).stream()
                .map(Header::getName)
                .toList();
    }

    private static @Nullable String personal(Address address) {
        return ((InternetAddress) Objects.requireNonNull(address)).getPersonal();
    }
}
