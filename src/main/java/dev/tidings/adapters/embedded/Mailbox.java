package dev.tidings.adapters.embedded;

import dev.tidings.application.caught.Caught;
import dev.tidings.application.caught.CaughtMessages;
import dev.tidings.application.caught.Opened;
import dev.tidings.domain.recipient.Channel;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * The newest caught mails, one .eml file each, the envelope in headers on top as a mail server would leave it. The index
 * is in memory and read from those files at the start. Nothing is synced: a crash of the machine may cost the last mails.
 */
final class Mailbox implements CaughtMessages {

    static final String ENVELOPE_FROM = "X-Envelope-From";
    static final String ENVELOPE_TO = "X-Envelope-To";

    private static final String SUFFIX = ".eml";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final Path directory;
    private final int capacity;
    private final AtomicLong lastId = new AtomicLong();
    private final TreeMap<Long, Caught> index = new TreeMap<>();

    private Mailbox(Path directory, int capacity) {
        this.directory = directory;
        this.capacity = capacity;
    }

    static Mailbox in(Path directory, int capacity) throws IOException {
        Files.createDirectories(directory);
        Mailbox mailbox = new Mailbox(directory, capacity);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                mailbox.readAgain(file);
            }
        }
        mailbox.deleteOldest();
        return mailbox;
    }

    Caught keep(String from, List<String> to, InputStream message) throws IOException {
        long id = lastId.incrementAndGet();
        Path part = directory.resolve(id + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
                header(out, ENVELOPE_FROM, from);
                for (String recipient : to) {
                    header(out, ENVELOPE_TO, recipient);
                }
                message.transferTo(out);
            }
            Files.move(part, file(id), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw e;
        }
        Caught mail = read(id);
        add(mail);
        deleteOldest();
        return mail;
    }

    @Override
    public synchronized List<Caught> newest(int limit) {
        return index.descendingMap().values().stream().limit(limit).toList();
    }

    @Override
    public Optional<Opened> find(String id) {
        return found(id).flatMap(this::opened);
    }

    @Override
    public Optional<Path> source(String id) {
        return found(id).map(mail -> file(Long.parseLong(mail.id())));
    }

    private synchronized Optional<Caught> found(String id) {
        return NUMBER.matcher(id).matches() ? Optional.ofNullable(index.get(Long.parseLong(id))) : Optional.empty();
    }

    private Optional<Opened> opened(Caught mail) {
        Path file = file(Long.parseLong(mail.id()));
        try (InputStream forHeaders = Files.newInputStream(file);
                InputStream forContent = Files.newInputStream(file)) {
            MailHeaders headers = MailHeaders.read(forHeaders);
            MailContent content = MailContent.read(forContent);
            return Optional.of(new Opened(
                    mail, null, headers.lines(), content.text(), content.html(), Map.of(), content.attachments()));
        } catch (NoSuchFileException madeRoomMeanwhile) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(long id) {
        return directory.resolve(String.format(Locale.ROOT, "%010d%s", id, SUFFIX));
    }

    @Override
    public synchronized void empty() {
        for (Long id : List.copyOf(index.keySet())) {
            index.remove(id);
            try {
                Files.deleteIfExists(file(id));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private synchronized void add(Caught mail) {
        index.put(Long.parseLong(mail.id()), mail);
    }

    private void deleteOldest() throws IOException {
        List<Long> surplus = new ArrayList<>();
        synchronized (this) {
            while (index.size() > capacity) {
                surplus.add(index.pollFirstEntry().getKey());
            }
        }
        for (long id : surplus) {
            Files.deleteIfExists(file(id));
        }
    }

    private void readAgain(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (name.endsWith(".part")) {
            Files.delete(file);
        } else if (name.matches("\\d{10,18}\\" + SUFFIX)) {
            long id = Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
            lastId.accumulateAndGet(id, Math::max);
            add(read(id));
        }
    }

    private Caught read(long id) throws IOException {
        Path file = file(id);
        MailHeaders headers;
        try (InputStream source = Files.newInputStream(file)) {
            headers = MailHeaders.read(source);
        }
        return new Caught(
                Long.toString(id),
                Channel.EMAIL,
                Files.getLastModifiedTime(file).toInstant(),
                headers.first("From").or(() -> headers.first(ENVELOPE_FROM)).orElse(""),
                headers.all(ENVELOPE_TO),
                headers.first("Subject").orElse(""),
                Files.size(file));
    }

    private static void header(OutputStream out, String name, String value) throws IOException {
        out.write((name + ": " + value.replaceAll("[\\r\\n]", " ") + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
}
