package dev.tidings.chaos;

import dev.tidings.testing.Wire;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The mail relay: takes mail, keeps note of every one that it has taken, and behaves as badly as it is told. */
final class MailSink implements AutoCloseable {

    enum Mood {
        FRIENDLY,
        /** 451 to each mail. */
        BUSY,
        /** 550 to each recipient. */
        REFUSING,
        /** Takes one mail in ten, and never says so. */
        FALLS_SILENT_AFTER_THE_DOT,
        /** Takes one mail in ten, and hangs up instead of saying so. */
        HANGS_UP_AFTER_THE_DOT,
        /** Says all it says a byte at a time. */
        DRIPS,
        /** Hears everything, takes nothing and says nothing. */
        SILENT
    }

    private static final int SOME = 10;
    private static final long BETWEEN_DRIPS = 100_000_000;

    private final int port;
    private final Map<String, List<String>> taken = new ConcurrentSkipListMap<>();
    private final AtomicLong count = new AtomicLong();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private ServerSocket entrance;
    private volatile Mood mood = Mood.FRIENDLY;

    MailSink() {
        entrance = listen(0);
        port = entrance.getLocalPort();
        letIn();
    }

    int port() {
        return port;
    }

    /** How many mails it has taken since it is there. */
    long count() {
        return count.get();
    }

    /** The message ids of all mails that it has taken, by recipient. */
    Map<String, List<String>> taken() {
        return taken;
    }

    void is(Mood mood) {
        this.mood = mood;
    }

    /** Friendly again; who waits for an answer that will never come is hung up on. */
    void recovers() {
        Mood before = mood;
        mood = Mood.FRIENDLY;
        if (before == Mood.SILENT || before == Mood.FALLS_SILENT_AFTER_THE_DOT) {
            hangUp();
        }
    }

    synchronized void goesAway() {
        Wire.close(entrance);
        hangUp();
    }

    synchronized void comesBack() {
        entrance = listen(port);
        letIn();
    }

    private void hangUp() {
        sockets.forEach(Wire::close);
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 200);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void letIn() {
        ServerSocket open = entrance;
        Thread.ofVirtual().name("mail-sink").start(() -> {
            try {
                while (true) {
                    Socket socket = open.accept();
                    sockets.add(socket);
                    Thread.ofVirtual().start(() -> converse(socket));
                }
            } catch (IOException away) {
                // It comes back on a new one.
            }
        });
    }

    private void converse(Socket socket) {
        try {
            socket.setTcpNoDelay(true);
            new Conversation(socket).run();
        } catch (IOException e) {
            // The other side has gone, or it was hung up on.
        } finally {
            sockets.remove(socket);
            Wire.close(socket);
        }
    }

    @Override
    public void close() {
        goesAway();
    }

    /** RFC 5321, as far as a client needs that pipelines and says no more than EHLO, MAIL, RCPT, DATA, RSET, QUIT. */
    private final class Conversation {

        private final InputStream in;
        private final OutputStream out;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream(1_024);
        private @Nullable String recipient;

        Conversation(Socket socket) throws IOException {
            in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
            out = socket.getOutputStream();
        }

        void run() throws IOException {
            say("220 sink.example ESMTP");
            for (String heard = hear(); heard != null; heard = hear()) {
                switch (heard.substring(0, Math.min(4, heard.length())).toUpperCase(Locale.ROOT)) {
                    case "EHLO" -> say("250-sink.example\r\n250 PIPELINING");
                    case "RCPT" -> receiveFor(heard.substring(heard.indexOf('<') + 1, heard.indexOf('>')));
                    case "DATA" -> {
                        if (recipient == null) {
                            say("503 5.5.1 no recipient");
                        } else {
                            say("354 go on");
                            if (!take(recipient)) {
                                return;
                            }
                        }
                    }
                    case "QUIT" -> {
                        say("221 2.0.0 bye");
                        return;
                    }
                    default -> say("250 2.0.0 Ok");
                }
            }
        }

        private void receiveFor(String address) throws IOException {
            boolean refused = mood == Mood.REFUSING;
            recipient = refused ? null : address;
            say(refused ? "550 5.1.1 no such mailbox" : "250 2.1.5 Ok");
        }

        /** Yields whether the conversation goes on. */
        private boolean take(String address) throws IOException {
            String messageId = content();
            Mood now = mood;
            if (now == Mood.SILENT) {
                return true;
            }
            if (now == Mood.BUSY) {
                say("451 4.3.2 try again later");
                return true;
            }
            taken.computeIfAbsent(address, _ -> new CopyOnWriteArrayList<>()).add(messageId);
            boolean oneOfSome = count.incrementAndGet() % SOME == 0;
            if (oneOfSome && now == Mood.HANGS_UP_AFTER_THE_DOT) {
                return false;
            }
            if (!oneOfSome || now != Mood.FALLS_SILENT_AFTER_THE_DOT) {
                say("250 2.0.0 Ok: queued as " + count.get());
            }
            return true;
        }

        private String content() throws IOException {
            String messageId = "";
            for (String heard = hear(); !".".equals(heard); heard = hear()) {
                if (heard == null) {
                    throw new IOException("the mail was not finished");
                }
                if (messageId.isEmpty() && heard.startsWith("Message-ID: ")) {
                    messageId = heard.substring("Message-ID: ".length());
                }
            }
            return messageId;
        }

        private @Nullable String hear() throws IOException {
            line.reset();
            for (int octet = in.read(); octet != '\n'; octet = in.read()) {
                if (octet < 0) {
                    return null;
                }
                if (octet != '\r') {
                    line.write(octet);
                }
            }
            return line.toString(StandardCharsets.ISO_8859_1);
        }

        private void say(String text) throws IOException {
            byte[] octets = (text + "\r\n").getBytes(StandardCharsets.US_ASCII);
            switch (mood) {
                case SILENT -> {}
                case DRIPS -> {
                    for (byte octet : octets) {
                        out.write(octet);
                        LockSupport.parkNanos(BETWEEN_DRIPS);
                    }
                }
                case FRIENDLY, BUSY, REFUSING, FALLS_SILENT_AFTER_THE_DOT, HANGS_UP_AFTER_THE_DOT -> out.write(octets);
            }
        }
    }
}
