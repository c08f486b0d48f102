package dev.tidings.adapters.embedded;

import dev.tidings.application.caught.Opened.Attachment;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The parts of a mail that people look at. A part that can't be read is left out: the source is there to be read. */
record MailContent(@Nullable String text, @Nullable String html, List<Attachment> attachments) {

    private static final int DEEPEST = 20;

    static MailContent read(InputStream source) {
        Properties lenient = new Properties();
        lenient.setProperty("mail.mime.allowutf8", "true");
        Reading reading = new Reading();
        try {
            reading.part(new MimeMessage(Session.getInstance(lenient), source), 0);
        } catch (MessagingException | IOException | RuntimeException unreadable) {
            return reading.soFar();
        }
        return reading.soFar();
    }

    private static final class Reading {

        private @Nullable String text;
        private @Nullable String html;
        private final List<Attachment> attachments = new ArrayList<>();

        MailContent soFar() {
            return new MailContent(text, html, List.copyOf(attachments));
        }

        void part(Part part, int depth) throws MessagingException, IOException {
            if (part.isMimeType("multipart/*") && depth < DEEPEST) {
                if (part.getContent() instanceof Multipart several) {
                    for (int i = 0; i < several.getCount(); i++) {
                        BodyPart each = several.getBodyPart(i);
                        part(each, depth + 1);
                    }
                }
            } else if (Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
                attachments.add(attachment(part));
            } else if (text == null && part.isMimeType("text/plain")) {
                text = content(part);
            } else if (html == null && part.isMimeType("text/html")) {
                html = content(part);
            } else {
                attachments.add(attachment(part));
            }
        }

        private static String content(Part part) throws MessagingException, IOException {
            return new String(part.getInputStream().readAllBytes(), charset(part));
        }

        private static Charset charset(Part part) {
            try {
                String name = new ContentType(part.getContentType()).getParameter("charset");
                return name == null ? StandardCharsets.UTF_8 : Charset.forName(MimeUtility.javaCharset(name));
            } catch (MessagingException | IllegalArgumentException unknown) {
                return StandardCharsets.UTF_8;
            }
        }

        private static Attachment attachment(Part part) throws MessagingException {
            String name = part.getFileName();
            String type = part.getContentType();
            int parameters = type.indexOf(';');
            return new Attachment(
                    name == null ? "unnamed" : name,
                    parameters < 0 ? type : type.substring(0, parameters),
                    Math.max(0, part.getSize()));
        }
    }
}
