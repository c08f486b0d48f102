package dev.tidings.adapters.embedded;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.springframework.test.web.reactive.server.WebTestClient;

class MailCatcherTest {

    private static final int CAPACITY = 5;

    @TempDir
    private Path directory;

    private MailCatcher catcher;
    private WebTestClient pages;

    @BeforeEach
    void start() throws IOException {
        catcher = new MailCatcher(directory, CAPACITY, Port.anyFree("tidings.embedded.smtp-port"));
        catcher.start();
        pages = WebTestClient.bindToRouterFunction(new MailboxPages(catcher.mailbox()).mailboxRoutes())
                .build();
    }

    @AfterEach
    void stop() {
        catcher.stop();
    }

    @Test
    void a_mail_is_kept_with_its_envelope_and_both_its_parts() throws MessagingException {
        send("Ада Лавлейс <ada@example.org>", "grace@example.org", "Grüße, 世界", "Guten Tag ✉", "<p>Guten Tag ✉</p>");

        pages.get()
                .uri("/mailbox/messages/1")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.from")
                .isEqualTo("\"Ада Лавлейс\" <ada@example.org>")
                .jsonPath("$.to[0]")
                .isEqualTo("grace@example.org")
                .jsonPath("$.subject")
                .isEqualTo("Grüße, 世界")
                .jsonPath("$.text")
                .isEqualTo("Guten Tag ✉")
                .jsonPath("$.html")
                .isEqualTo("<p>Guten Tag ✉</p>")
                .jsonPath("$.received")
                .exists();
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
        CaughtMail mail = catcher.mailbox().newestFirst().getFirst();
        assertThat(mail.from()).isEqualTo("ада@пример.рф");
        assertThat(mail.to()).containsExactly("用户@例子.世界");
        assertThat(mail.subject()).isEqualTo("Привет");
        pages.get()
                .uri("/mailbox/messages/1")
                .exchange()
                .expectBody()
                .jsonPath("$.text")
                .value(String.class, text -> assertThat(text).contains("Привет, 世界"));
    }

    @Test
    void only_the_newest_are_kept_also_on_the_disk() throws Exception {
        sendPlain(7);

        assertThat(catcher.mailbox().newestFirst())
                .extracting(CaughtMail::subject)
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

        assertThat(catcher.mailbox().newestFirst()).extracting(CaughtMail::id).containsExactly(3L, 2L, 1L);
        assertThat(directory.resolve("3.part")).doesNotExist();
    }

    @Test
    void the_list_can_be_filtered_by_recipient_and_emptied() throws Exception {
        sendPlain(3);

        pages.get()
                .uri("/mailbox/messages?to=PERSON2@example.org")
                .exchange()
                .expectBody()
                .jsonPath("$.length()")
                .isEqualTo(1)
                .jsonPath("$[0].subject")
                .isEqualTo("Mail 2");
        pages.delete().uri("/mailbox/messages").exchange().expectStatus().isNoContent();
        pages.get().uri("/mailbox/messages").exchange().expectBody().json("[]");
        pages.get().uri("/mailbox/2").exchange().expectStatus().isNotFound();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void whatever_a_mail_contains_is_escaped_or_boxed_in() throws MessagingException {
        String script = "<script>alert(1)</script>";
        send("\"" + script + "\" <eve@example.org>", "ada@example.org", script + "${1+1}", script, script);

        for (String page :
                List.of("/mailbox", "/mailbox/1", "/mailbox?to=example.org", "/mailbox?to=" + "%3Cscript%3Ex")) {
            pages.get()
                    .uri(java.net.URI.create(page))
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .value(
                            "Content-Security-Policy",
                            policy -> assertThat(policy).contains("default-src 'none'"))
                    .expectBody(String.class)
                    .value(html -> assertThat(html).contains("&lt;script&gt;").doesNotContain("<script"));
        }
        pages.get()
                .uri("/mailbox/1")
                .exchange()
                .expectBody(String.class)
                .value(html -> assertThat(html).contains("${1+1}").contains("sandbox=\"allow-popups"));
        pages.get()
                .uri("/mailbox/1/html")
                .exchange()
                .expectHeader()
                .value(
                        "Content-Security-Policy",
                        policy -> assertThat(policy)
                                .startsWith("sandbox ")
                                .doesNotContain("allow-scripts")
                                .contains("default-src 'none'"));
        pages.get()
                .uri("/mailbox/1/source")
                .exchange()
                .expectHeader()
                .contentType("message/rfc822")
                .expectHeader()
                .valueEquals("Content-Disposition", "attachment; filename=\"1.eml\"");
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
            CaughtMail mail = catcher.mailbox()
                    .keep(
                            "",
                            List.of("ada@example.org"),
                            new ByteArrayInputStream(source.getBytes(StandardCharsets.UTF_8)));
            pages.get().uri("/mailbox/" + mail.id()).exchange().expectStatus().isOk();
            pages.get()
                    .uri("/mailbox/messages/" + mail.id())
                    .exchange()
                    .expectStatus()
                    .isOk();
        }
        pages.get().uri("/mailbox").exchange().expectStatus().isOk();
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
