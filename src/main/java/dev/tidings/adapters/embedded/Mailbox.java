package dev.tidings.adapters.embedded;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The newest caught mails, one .eml file each, the envelope in headers on top as a mail server would leave it. The index
 * is in memory and read from those files at the start. Nothing is synced: a crash of the machine may cost the last mails.
 */
final class Mailbox {

    static final String ENVELOPE_FROM = "X-Envelope-From";
    static final String ENVELOPE_TO = "X-Envelope-To";

    private static final String SUFFIX = ".eml";

    private final Path directory;
    private final int capacity;
    private final AtomicLong lastId = new AtomicLong();
    private final TreeMap<Long, CaughtMail> index = new TreeMap<>();

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

    CaughtMail keep(String from, List<String> to, InputStream message) throws IOException {
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
        CaughtMail mail = read(id);
        add(mail);
        deleteOldest();
        return mail;
    }

    synchronized List<CaughtMail> newestFirst() {
        return new ArrayList<>(index.descendingMap().values());
    }

    synchronized Optional<CaughtMail> find(long id) {
        return Optional.ofNullable(index.get(id));
    }

    Path file(long id) {
        return directory.resolve(String.format(Locale.ROOT, "%010d%s", id, SUFFIX));
    }

    synchronized void empty() throws IOException {
        for (Long id : List.copyOf(index.keySet())) {
            index.remove(id);
            Files.deleteIfExists(file(id));
        }
    }

    private synchronized void add(CaughtMail mail) {
        index.put(mail.id(), mail);
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

    private CaughtMail read(long id) throws IOException {
        Path file = file(id);
        MailHeaders headers;
        try (InputStream source = Files.newInputStream(file)) {
            headers = MailHeaders.read(source);
        }
        return new CaughtMail(
                id,
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
