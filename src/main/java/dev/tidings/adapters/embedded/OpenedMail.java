package dev.tidings.adapters.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All there is to see of a caught mail; also what tools get as JSON. */
record OpenedMail(
        long id,
        Instant received,
        String from,
        List<String> to,
        String subject,
        long size,
        List<MailHeaders.Line> headers,
        @Nullable String text,
        @Nullable String html,
        List<MailContent.Attachment> attachments) {

    static Optional<OpenedMail> in(Mailbox mailbox, long id) throws IOException {
        Optional<CaughtMail> mail = mailbox.find(id);
        return mail.isEmpty() ? Optional.empty() : read(mail.get(), mailbox.file(id));
    }

    private static Optional<OpenedMail> read(CaughtMail mail, Path file) throws IOException {
        try (InputStream forHeaders = Files.newInputStream(file);
                InputStream forContent = Files.newInputStream(file)) {
            MailHeaders headers = MailHeaders.read(forHeaders);
            MailContent content = MailContent.read(forContent);
            return Optional.of(new OpenedMail(
                    mail.id(),
                    mail.received(),
                    mail.from(),
                    mail.to(),
                    mail.subject(),
                    mail.size(),
                    headers.lines(),
                    content.text(),
                    content.html(),
                    content.attachments()));
        } catch (NoSuchFileException madeRoomMeanwhile) {
            return Optional.empty();
        }
    }
}
