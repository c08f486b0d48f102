package dev.tidings.adapters.mail;

import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.application.notification.Message;
import dev.tidings.domain.recipient.EmailAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Writes messages as mails (RFC 5322, RFC 2046). By hand, because it is done for every message: {@code MimeMessage}
 * took some sixty times as long.
 */
final class MailWriter {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final Pattern SAFE = Pattern.compile("[!-~]{1,128}");

    /** Tells what the relay says later of which attempt. */
    static final String ATTEMPT = "X-Tidings-Attempt";

    private final String returnPath;
    private final String domain;
    private final String from;

    /** @param returnPath where the mail goes back to if it can't be delivered */
    MailWriter(EmailAddress sender, String senderName, EmailAddress returnPath) {
        this.returnPath = returnPath.value();
        this.domain = domainOf(sender);
        this.from = HeaderText.mailbox("From", senderName, sender.value());
    }

    /** In which our message ids are. */
    static String domainOf(EmailAddress sender) {
        return sender.value().substring(sender.value().lastIndexOf('@') + 1);
    }

    Mail write(OutgoingMessage outgoing, Instant now) {
        String id = outgoing.notificationId().toString();
        // The same on every attempt, so that a mailbox can drop a duplicate.
        String messageId = "<" + id + "@" + domain + ">";
        String recipient = outgoing.recipient().value();
        Octets out = new Octets()
                .ascii("Date: " + DATE.format(now) + "\r\n")
                .ascii(from)
                .ascii(HeaderText.mailbox("To", outgoing.recipientName(), recipient))
                .ascii(HeaderText.unstructured("Subject", outgoing.message().subject()))
                .ascii("Message-ID: " + messageId + "\r\n")
                .ascii("Auto-Submitted: auto-generated\r\n")
                .ascii(ATTEMPT + ": " + outgoing.attempt() + "\r\n")
                .ascii(correlation(outgoing))
                .ascii("MIME-Version: 1.0\r\n");
        writeBody(out, outgoing.message(), "=_" + id);
        return new Mail(messageId, returnPath, recipient, out.endLine());
    }

    private static String correlation(OutgoingMessage outgoing) {
        String id = outgoing.context().correlationId();
        return id == null || !SAFE.matcher(id).matches() ? "" : "X-Correlation-ID: " + id + "\r\n";
    }

    /** "=_" occurs in no encoding (RFC 2045, 6.7), and the id in no text: it is not known when that is written. */
    private static void writeBody(Octets out, Message message, String boundary) {
        String html = message.html();
        if (html == null) {
            new BodyText(message.text()).writeTo(out, "plain");
            return;
        }
        out.ascii("Content-Type: multipart/alternative;\r\n boundary=\"" + boundary + "\"\r\n\r\n");
        out.ascii("--" + boundary + "\r\n");
        new BodyText(message.text()).writeTo(out, "plain");
        out.ascii("\r\n--" + boundary + "\r\n");
        new BodyText(html).writeTo(out, "html");
        out.ascii("\r\n--" + boundary + "--");
    }
}
