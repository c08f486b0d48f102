package dev.tidings.adapters.embedded;

import dev.tidings.application.caught.Opened;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A mail's header lines, in order, unfolded and decoded; as they came where they can't be decoded. */
record MailHeaders(List<Opened.Header> lines) {

    private static final int LONGEST = 256 * 1024;

    static MailHeaders read(InputStream source) throws IOException {
        byte[] head = source.readNBytes(LONGEST);
        try {
            InternetHeaders headers = new InternetHeaders(new ByteArrayInputStream(head), true);
            return new MailHeaders(Collections.list(headers.getAllHeaders()).stream()
                    .map(MailHeaders::decoded)
                    .toList());
        } catch (MessagingException e) {
            return new MailHeaders(List.of());
        }
    }

    Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    List<String> all(String name) {
        return lines.stream()
                .filter(line -> line.name().equalsIgnoreCase(name))
                .map(Opened.Header::value)
                .toList();
    }

    private static Opened.Header decoded(Header header) {
        String value = MimeUtility.unfold(header.getValue());
        try {
            return new Opened.Header(header.getName(), MimeUtility.decodeText(value));
        } catch (UnsupportedEncodingException unknownCharset) {
            return new Opened.Header(header.getName(), value);
        }
    }
}
