package dev.tidings.adapters.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.server.SMTPServer;

/** An SMTP server that takes every mail and delivers none: each ends in the mailbox. */
final class MailCatcher implements Part {

    private static final int CONNECTIONS = 1_000;
    private static final int RECIPIENTS = 100_000;

    private final Path directory;
    private final int capacity;
    private final Port port;
    private @Nullable Mailbox mailbox;
    private @Nullable SMTPServer server;

    MailCatcher(Path directory, int capacity, Port port) {
        this.directory = directory;
        this.capacity = capacity;
        this.port = port;
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public List<Port> ports() {
        return List.of(port);
    }

    @Override
    public synchronized void start() throws IOException {
        Mailbox opened = Mailbox.in(directory, capacity);
        mailbox = opened;
        server = SMTPServer.port(port.number())
                .bindAddress(Port.HOST)
                .hostName("localhost")
                .softwareName("Tidings mail catcher")
                .executorService(Executors.newVirtualThreadPerTaskExecutor())
                .maxConnections(CONNECTIONS)
                .maxRecipients(RECIPIENTS)
                .insertReceivedHeaders(false)
                .messageHandlerFactory(session -> new Catching(opened))
                .build();
        server.start();
    }

    @Override
    public synchronized void stop() {
        if (server != null) {
            server.stop();
            server = null;
        }
    }

    @Override
    public Map<String, Object> properties() {
        return Map.of(
                "tidings.mail.host",
                Port.HOST.getHostAddress(),
                "tidings.mail.port",
                port.number(),
                "tidings.mail.username",
                "",
                "tidings.mail.password",
                "");
    }

    synchronized Mailbox mailbox() {
        return Objects.requireNonNull(mailbox, "not started");
    }

    private static final class Catching implements MessageHandler {

        private final Mailbox mailbox;
        private final List<String> recipients = new ArrayList<>();
        private String sender = "";

        private Catching(Mailbox mailbox) {
            this.mailbox = mailbox;
        }

        @Override
        public void from(String address) {
            sender = address;
        }

        @Override
        public void recipient(String address) {
            recipients.add(address);
        }

        @Override
        public String data(InputStream message) throws IOException {
            return "Kept as " + mailbox.keep(sender, recipients, message).id();
        }

        @Override
        public void done() {}
    }
}
