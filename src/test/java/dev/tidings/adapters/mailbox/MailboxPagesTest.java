package dev.tidings.adapters.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.caught.Caught;
import dev.tidings.application.caught.CaughtMessages;
import dev.tidings.application.caught.Opened;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.recipient.Channel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.test.web.reactive.server.WebTestClient;

class MailboxPagesTest {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final NotificationId NOTIFICATION = NotificationId.of("0198c0de-0000-7000-8000-000000000001");

    @TempDir
    private Path directory;

    private final KeptInMemory mails = new KeptInMemory();
    private final KeptInMemory others = new KeptInMemory();
    private WebTestClient pages;

    @BeforeEach
    void open() {
        pages = pagesOver(mails, others);
    }

    private static WebTestClient pagesOver(CaughtMessages... catchers) {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        for (CaughtMessages each : catchers) {
            beans.addBean("catcher-" + System.identityHashCode(each), each);
        }
        return WebTestClient.bindToRouterFunction(
                        new MailboxPages(beans.getBeanProvider(CaughtMessages.class)).mailboxRoutes())
                .build();
    }

    @Test
    void what_several_have_caught_is_listed_together_newest_first() {
        mails.keep(message("1", Channel.EMAIL, 0, "ada@example.org"));
        others.keep(message("sandbox-1", Channel.SMS, 1, "+12025550100"));
        mails.keep(message("2", Channel.EMAIL, 2, "grace@example.org"));

        assertThat(ids("")).containsExactly("2", "sandbox-1", "1");
        pages.get()
                .uri("/mailbox")
                .exchange()
                .expectBody(String.class)
                .value(html -> assertThat(html)
                        .contains("3 messages, newest first")
                        .containsSubsequence(
                                "grace@example.org", "<td>SMS</td>", "/mailbox/sandbox-1", "ada@example.org"));
    }

    @Test
    void the_list_can_be_filtered_by_recipient_and_channel_and_emptied() {
        mails.keep(message("1", Channel.EMAIL, 0, "ada@example.org"));
        others.keep(message("sandbox-1", Channel.SMS, 1, "+12025550100"));
        others.keep(message("sandbox-2", Channel.WHATSAPP, 2, "+12025550100"));

        assertThat(ids("?to=ADA@example.org")).containsExactly("1");
        assertThat(ids("?to=5550100&channel=")).containsExactly("sandbox-2", "sandbox-1");
        assertThat(ids("?channel=SMS")).containsExactly("sandbox-1");
        assertThat(ids("?channel=whatsapp&to=5550100")).containsExactly("sandbox-2");
        assertThat(ids("?channel=pigeon")).isEmpty();
        pages.get()
                .uri("/mailbox?channel=sms&to=555")
                .exchange()
                .expectBody(String.class)
                .value(html -> assertThat(html)
                        .contains("1 message for “555”, newest first")
                        .contains("value=\"sms\" selected")
                        .contains("href=\"/mailbox?to=555&amp;channel=sms\""));

        pages.delete().uri("/mailbox/messages").exchange().expectStatus().isNoContent();
        assertThat(ids("")).isEmpty();
        pages.get().uri("/mailbox/sandbox-1").exchange().expectStatus().isNotFound();
    }

    private List<String> ids(String query) {
        return Objects.requireNonNull(pages.get()
                        .uri("/mailbox/messages" + query)
                        .exchange()
                        .expectBodyList(new ParameterizedTypeReference<Map<String, Object>>() {})
                        .returnResult()
                        .getResponseBody())
                .stream()
                .map(message -> String.valueOf(message.get("id")))
                .toList();
    }

    @Test
    void a_long_list_is_divided_into_pages_that_keep_the_filter() {
        for (int i = 1; i <= 51; i++) {
            others.keep(message("sandbox-" + i, Channel.PUSH, i, "simulator:delivered"));
        }

        pages.get()
                .uri("/mailbox?channel=push&page=2")
                .exchange()
                .expectBody(String.class)
                .value(html -> assertThat(html)
                        .contains("Page 2 of 2", "/mailbox?page=1&amp;to=&amp;channel=push", "\"/mailbox/sandbox-1\"")
                        .doesNotContain("\"/mailbox/sandbox-2\""));
    }

    @Test
    void tools_get_all_there_is_to_see() {
        others.keep(new Opened(
                caught("sandbox-1", Channel.PUSH, 0, "simulator:delivered", "Parcel"),
                NOTIFICATION,
                List.of(),
                "It is here",
                null,
                Map.of("order", "17"),
                List.of()));
        mails.keep(new Opened(
                caught("1", Channel.EMAIL, 0, "ada@example.org", "Hello"),
                null,
                List.of(new Opened.Header("X-Mailer", "Pigeon")),
                "Hello",
                "<p>Hello",
                Map.of(),
                List.of(new Opened.Attachment("a.pdf", "application/pdf", 7))));

        pages.get().uri("/mailbox/messages/sandbox-1").exchange().expectBody().json("""
                        {"id": "sandbox-1", "channel": "push", "received": "2026-11-25T12:00:00Z", "from": "someone",
                         "to": ["simulator:delivered"], "subject": "Parcel", "size": 10,
                         "notification_id": "0198c0de-0000-7000-8000-000000000001", "headers": [],
                         "text": "It is here", "html": null, "data": {"order": "17"}, "attachments": []}""");
        pages.get().uri("/mailbox/messages/1").exchange().expectBody().json("""
                        {"id": 1, "channel": "email", "headers": [{"name": "X-Mailer", "value": "Pigeon"}],
                         "html": "<p>Hello", "attachments": [{"name": "a.pdf", "type": "application/pdf", "size": 7}]}""");
        pages.get()
                .uri("/mailbox/sandbox-1")
                .exchange()
                .expectBody(String.class)
                .value(html -> assertThat(html)
                        .contains("<h1>Parcel</h1>", "It is here", "<th scope=\"row\">order</th><td>17</td>", "Push")
                        .contains(NOTIFICATION.toString())
                        .doesNotContain("Download", "iframe"));
    }

    @Test
    void whatever_a_message_contains_is_escaped_or_boxed_in() throws IOException {
        String script = "<script>alert(1)</script>";
        Path source = Files.writeString(directory.resolve("1.eml"), script);
        mails.keep(
                new Opened(
                        new Caught("1", Channel.EMAIL, NOON, script, List.of(script), script + "${1+1}", 10),
                        null,
                        List.of(new Opened.Header(script, script)),
                        script,
                        script,
                        Map.of(script, script),
                        List.of(new Opened.Attachment(script, script, 1))),
                source);

        for (String page : List.of(
                "/mailbox", "/mailbox/1", "/mailbox?to=script", "/mailbox?to=%3Cscript%3Ex&channel=%3Cscript%3Ex")) {
            pages.get()
                    .uri(URI.create(page))
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
    void where_nothing_catches_there_is_no_mailbox() {
        WebTestClient none = pagesOver();

        for (String page : List.of("/mailbox", "/mailbox/messages", "/mailbox/style.css", "/mailbox/1")) {
            none.get().uri(page).exchange().expectStatus().isNotFound();
        }
    }

    private static Opened message(String id, Channel channel, int seconds, String recipient) {
        return new Opened(
                caught(id, channel, seconds, recipient, "Message " + id),
                null,
                List.of(),
                "Hello",
                null,
                Map.of(),
                List.of());
    }

    private static Caught caught(String id, Channel channel, int seconds, String recipient, String subject) {
        return new Caught(id, channel, NOON.plusSeconds(seconds), "someone", List.of(recipient), subject, 10);
    }
}
