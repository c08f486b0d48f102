package dev.tidings.adapters.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.caught.Caught;
import dev.tidings.application.caught.Opened;
import dev.tidings.domain.recipient.Channel;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

class MailCatcherTest {

    private static final int CAPACITY = 5;

    @TempDir
    private Path directory;

    private MailCatcher catcher;

    @BeforeEach
    void start() throws IOException {
        catcher = new MailCatcher(directory, CAPACITY, Port.anyFree("tidings.embedded.smtp-port"));
        catcher.start();
    }

    @AfterEach
    void stop() {
        catcher.stop();
    }

    @Test
    void a_mail_is_kept_with_its_envelope_and_both_its_parts() throws MessagingException {
        send("Ада Лавлейс <ada@example.org>", "grace@example.org", "Grüße, 世界", "Guten Tag ✉", "<p>Guten Tag ✉</p>");

        Opened mail = catcher.mailbox().find("1").orElseThrow();
        assertThat(mail.message().from()).isEqualTo("\"Ада Лавлейс\" <ada@example.org>");
        assertThat(mail.message().to()).containsExactly("grace@example.org");
        assertThat(mail.message().subject()).isEqualTo("Grüße, 世界");
        assertThat(mail.message().channel()).isEqualTo(Channel.EMAIL);
        assertThat(mail.text()).isEqualTo("Guten Tag ✉");
        assertThat(mail.html()).isEqualTo("<p>Guten Tag ✉</p>");
        assertThat(catcher.mailbox().source("1"))
                .hasValueSatisfying(
                        file -> assertThat(file).content().contains("X-Envelope-To: grace@example.org", "multipart/"));
    }

    @Test
    void unencoded_utf_8_in_addresses_headers_and_body_is_taken_as_it_comes() throws IOException {
        List<String> answers = talk("""
                EHLO localhost
                MAIL FROM:<ада@пример.рф> SMTPUTF8 BODY=8BITMIME
                RCPT TO:<用户@例子.世界>
                DATA
                Subject: Привет
                Content-Type: text/plain; charset=utf-8

                Привет, 世界
                .
                QUIT
                """);

        assertThat(answers).anyMatch(line -> line.contains("SMTPUTF8")).anyMatch(line -> line.contains("8BITMIME"));
        Caught mail = catcher.mailbox().newest(1).getFirst();
        assertThat(mail.from()).isEqualTo("ада@пример.рф");
        assertThat(mail.to()).containsExactly("用户@例子.世界");
        assertThat(mail.subject()).isEqualTo("Привет");
        assertThat(catcher.mailbox().find("1"))
                .hasValueSatisfying(opened -> assertThat(opened.text()).contains("Привет, 世界"));
    }

    @Test
    void only_the_newest_are_kept_also_on_the_disk() throws Exception {
        sendPlain(7);

        assertThat(catcher.mailbox().newest(100))
                .extracting(Caught::subject)
                .containsExactly("Mail 7", "Mail 6", "Mail 5", "Mail 4", "Mail 3");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(CAPACITY);
        }
    }

    @Test
    void mails_and_their_numbering_survive_a_restart_and_half_written_ones_do_not() throws Exception {
        sendPlain(2);
        catcher.stop();
        Files.writeString(directory.resolve("3.part"), "Subject: torn");
        Files.writeString(directory.resolve("README"), "not a mail");

        start();
        sendPlain(1);

        assertThat(catcher.mailbox().newest(100)).extracting(Caught::id).containsExactly("3", "2", "1");
        assertThat(directory.resolve("3.part")).doesNotExist();
    }

    @Test
    void the_mailbox_can_be_emptied() throws Exception {
        sendPlain(3);

        catcher.mailbox().empty();

        assertThat(catcher.mailbox().newest(100)).isEmpty();
        assertThat(catcher.mailbox().find("2")).isEmpty();
        assertThat(catcher.mailbox().source("2")).isEmpty();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void what_is_no_number_of_a_mail_finds_none() throws Exception {
        sendPlain(1);

        for (String id : List.of("0", "2", "", "-1", "sandbox-1", "../1", "1.eml", "9".repeat(18), "9".repeat(40))) {
            assertThat(catcher.mailbox().find(id)).isEmpty();
            assertThat(catcher.mailbox().source(id)).isEmpty();
        }
    }

    @Test
    void a_mail_that_is_no_mail_is_shown_nevertheless() throws IOException {
        String bomb = "Content-Type: multipart/mixed; boundary=b\n\n--b\n".repeat(200);
        for (String source : List.of(
                "",
                "\u0000\u0001",
                "no headers at all",
                bomb,
                "Content-Type: text/plain; charset=nonsense\n\nx",
                "Content-Type: multipart/alternative\n\nno boundary",
                "Subject: =?nonsense?Q?x?=\n\n")) {
            Caught mail = catcher.mailbox()
                    .keep(
                            "",
                            List.of("ada@example.org"),
                            new ByteArrayInputStream(source.getBytes(StandardCharsets.UTF_8)));
            assertThat(catcher.mailbox().find(mail.id())).isPresent();
        }
        assertThat(catcher.mailbox().newest(100)).hasSize(CAPACITY);
    }

    private void sendPlain(int count) throws MessagingException {
        for (int i : IntStream.rangeClosed(1, count).toArray()) {
            send("tidings@example.org", "person" + i + "@example.org", "Mail " + i, "Hello", "<p>Hello</p>");
        }
    }

    private void send(String from, String to, String subject, String text, String html) throws MessagingException {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(catcher.ports().getFirst().number());
        MimeMessage message = sender.createMimeMessage();
        MimeMessageHelper helper = new MimeMessageHelper(message, true, "UTF-8");
        helper.setFrom(new jakarta.mail.internet.InternetAddress(from));
        helper.setTo(to);
        helper.setSubject(subject);
        helper.setText(text, html);
        sender.send(message);
    }

    private List<String> talk(String lines) throws IOException {
        try (Socket socket = new Socket(Port.HOST, catcher.ports().getFirst().number());
                InputStream answers = socket.getInputStream()) {
            socket.getOutputStream().write(lines.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
            return new String(answers.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
