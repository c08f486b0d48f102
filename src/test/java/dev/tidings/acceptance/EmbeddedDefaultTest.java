package dev.tidings.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.application.delivery.ConfiguredProviders;
import dev.tidings.application.delivery.MessageProvider;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.application.notification.Message;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.PhoneNumber;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** As {@code make run} starts it, with what it shows to people: nothing but a JDK, and a browser to look at it. */
class EmbeddedDefaultTest extends WholeService {

    private Browser browser;

    @Override
    Map<String, Object> properties() {
        return Map.of();
    }

    @BeforeAll
    void openTheBrowser() {
        browser = Browser.opened();
    }

    @AfterAll
    void closeTheBrowser() {
        browser.close();
    }

    @Test
    void the_mailbox_lists_the_mails_to_somebody_and_shows_each_in_all_its_parts() {
        String user = someone();
        http.post("/notifications/send", passwordReset(user));
        String id = mailTo(user).path("id").asString();

        browser.open(tidings.http() + "/mailbox");
        browser.type("#to", address(user));
        browser.click("form button");
        await().atMost(PATIENCE).until(() -> browser.count("tbody tr") == 1);
        assertThat(browser.text("tbody tr")).contains(address(user), "Reset your password");
        browser.click("tbody a");

        await().atMost(PATIENCE).until(() -> browser.address().endsWith("/mailbox/" + id));
        assertThat(browser.text("h1")).isEqualTo("Reset your password");
        assertThat(browser.text("pre")).contains("https://app.example.org/reset?token=1");
        browser.insideOf("iframe", () -> assertThat(browser.texts("a")).contains("Choose a new password"));
        assertThat(browser.texts(".headers tr"))
                .anySatisfy(header -> assertThat(header).startsWith("Message-ID <"))
                .anySatisfy(header -> assertThat(header).startsWith("Content-Type multipart/alternative"));
    }

    @Test
    void what_the_sandbox_took_is_in_the_mailbox_beside_the_mails_and_can_be_read_on_a_phone() {
        String user = someone();
        http.post("/notifications/send", passwordReset(user));
        mailTo(user);
        String number = "+12025550142";
        sandbox(Channel.SMS)
                .send(new OutgoingMessage(
                        new NotificationId(UUID.randomUUID()),
                        1,
                        Lane.INSTANT,
                        new RequestContext(new ServiceId("tests"), null, null),
                        new PhoneNumber(number),
                        null,
                        new Message("", "Your code is 123456. " + "Nobody asks for it. ".repeat(20), null),
                        null,
                        OutgoingMessage.LastLook.NOTHING));

        browser.resize(400, 800);
        try {
            browser.open(tidings.http() + "/mailbox");
            assertThat(browser.texts("tbody tr"))
                    .anySatisfy(row -> assertThat(row).contains("SMS", number, "Your code is 123456."))
                    .anySatisfy(row -> assertThat(row).contains("Email", address(user)));
            assertThat(browser.fitsItsWidth()).isTrue();
            browser.click("#channel option[value='sms']");
            browser.type("#to", number);
            browser.click("form button");
            await().atMost(PATIENCE).until(() -> browser.count("tbody tr") == 1);
            browser.click("tbody a");
            assertThat(browser.text("pre")).startsWith("Your code is 123456.");
            assertThat(browser.text("dl")).contains("sandbox-sms", number);
            assertThat(browser.fitsItsWidth()).isTrue();
        } finally {
            browser.resize(1280, 1024);
        }
    }

    private MessageProvider sandbox(Channel channel) {
        return tidings.all(ConfiguredProviders.class).stream()
                .flatMap(each -> each.all().stream())
                .filter(each -> each.isSandbox() && each.channel() == channel)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_hostile_mail_is_shown_without_doing_anything() throws MessagingException {
        try (Bystander bystander = new Bystander()) {
            String user = someone();
            String subject = "<script>document.title = 'hacked'</script>";
            sendHtml(user, subject, """
                    <script>document.title = 'hacked'; fetch('%1$s/script')</script>
                    <img src="%1$s/image" onerror="parent.document.title = 'hacked'">
                    <img src="data:," onerror="parent.document.title = 'hacked'; location = '%1$s/error'">
                    <svg onload="top.document.title = 'hacked'; top.location = '%1$s/svg'"></svg>
                    <iframe src="javascript:top.document.title = 'hacked'"></iframe>
                    <iframe src="%1$s/frame"></iframe>
                    <link rel="stylesheet" href="%1$s/style">
                    <style>@import url("%1$s/import"); body { background: url("%1$s/background") }</style>
                    <form action="%1$s/form"><input name="q" autofocus onfocus="this.form.submit()"></form>
                    <meta http-equiv="refresh" content="0;url=%1$s/refresh">
                    <a id="trap" href="javascript:opener.document.title = 'hacked'; fetch('%1$s/link')">Look</a>
                    <p id="end">The end</p>""".formatted(bystander.url()));
            String page = tidings.http() + "/mailbox/" + mailTo(user).path("id").asString();

            browser.open(tidings.http() + "/mailbox?to=" + address(user));
            assertThat(browser.text("tbody a")).isEqualTo(subject);
            browser.open(page);
            assertThat(browser.text("h1")).isEqualTo(subject);
            browser.insideOf("iframe", () -> {
                assertThat(browser.text("#end")).isEqualTo("The end");
                browser.click("#trap");
            });
            assertThat(browser.title()).isEqualTo(subject + " · Tidings");
            browser.open(page + "/html");
            assertThat(browser.text("#end")).isEqualTo("The end");
            assertThat(browser.title()).isNotEqualTo("hacked");

            browser.open(bystander.url() + "/at-last");
            await().atMost(PATIENCE).until(() -> bystander.calls().contains("/at-last"));
            assertThat(bystander.calls()).containsExactly("/at-last");
        }
    }

    private void sendHtml(String user, String subject, String html) throws MessagingException {
        Properties relay = new Properties();
        relay.put("mail.smtp.host", tidings.property("tidings.mail.host"));
        relay.put("mail.smtp.port", tidings.property("tidings.mail.port"));
        MimeMessage mail = new MimeMessage(Session.getInstance(relay));
        mail.setFrom(new InternetAddress("eve@example.org"));
        mail.setRecipient(RecipientType.TO, new InternetAddress(address(user)));
        mail.setSubject(subject);
        mail.setContent(html, "text/html; charset=utf-8");
        Transport.send(mail);
    }

    @Test
    void the_documentation_shows_every_operation_and_tries_one_out() {
        String send = ".opblock-post:has([data-path='/notifications/send'])";

        browser.open(tidings.http() + "/documentation");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(browser.count(".opblock")).isEqualTo(documentedOperations()));
        browser.click(send + " .opblock-summary-control");
        browser.click(send + " .try-out__btn");
        browser.click(send + " .execute");

        assertThat(browser.text(send + " .live-responses-table .response .response-col_status"))
                .startsWith("202");
        JsonNode answer = new JsonMapper()
                .readTree(
                        browser.text(send + " .live-responses-table .response .response-col_description .microlight"));
        assertThat(http.get("/notifications/" + answer.path("notification_id").asString())
                        .status())
                .isEqualTo(200);
    }

    private int documentedOperations() {
        int operations = 0;
        for (JsonNode path : http.get("/v3/api-docs").body().path("paths")) {
            operations += path.size();
        }
        return operations;
    }
}
