package dev.tidings.adapters.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.notification.Message;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.notification.SendOutcome.Accepted;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.subethamail.smtp.server.SMTPServer;

/** Through a relay that others wrote, read with Jakarta Mail. */
class RealRelayTest {

    private record Received(String from, String to, String content) {}

    @Test
    void what_arrives_is_what_was_meant() throws Exception {
        List<Received> received = new CopyOnWriteArrayList<>();
        SMTPServer relay = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .messageHandler((_, from, to, content) ->
                        received.add(new Received(from, to, new String(content, StandardCharsets.ISO_8859_1))))
                .build();
        relay.start();
        String text = ".\n..\nGrüße aus Köln 👋\n" + "lang ".repeat(400) + "\n.\n";
        String html = "<p>" + "日本語".repeat(500) + "</p>";
        try (SmtpProvider provider = new SmtpProvider(
                new ProviderName("smtp"),
                Samples.settings(relay.getPortAllocated()),
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                false,
                InstantSource.system())) {
            for (int i = 0; i < 3; i++) {
                assertThat(provider.send(Samples.messageTo(
                                "Łucja \"Lu\" O'Neil", "c-1", new Message("Grüße ✉ für dich", text, html))))
                        .isInstanceOf(Accepted.class);
            }
        } finally {
            relay.stop();
        }

        assertThat(received).hasSize(3).allSatisfy(mail -> {
            assertThat(mail.from).isEqualTo("no-reply@tidings.example");
            assertThat(mail.to).isEqualTo("ada.lovelace@example.org");
            MimeMessage read = new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(mail.content.getBytes(StandardCharsets.ISO_8859_1)));
            assertThat(read.getSubject()).isEqualTo("Grüße ✉ für dich");
            assertThat(((InternetAddress) read.getAllRecipients()[0]).getPersonal())
                    .isEqualTo("Łucja \"Lu\" O'Neil");
            MimeMultipart parts = (MimeMultipart) read.getContent();
            assertThat(parts.getBodyPart(0).getContent()).isEqualTo(text.replace("\n", "\r\n"));
            assertThat(parts.getBodyPart(1).getContent()).isEqualTo(html);
        });
    }
}
