package dev.tidings.adapters.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A relay that answers as it is told, and friendly where it isn't. What it is told of are the verbs of SMTP, "CONNECT"
 * and "." for the end of a mail.
 */
final class ScriptedRelay implements AutoCloseable {

    static final String HANG_UP = "(hangs up)";
    static final String SILENCE = "(says nothing)";

    /** Wants the content, and doesn't read it. */
    static final String DEAFNESS = "(354 and reads no more)";

    private final ServerSocket server;
    private final @Nullable SSLContext implicitTls;
    private @Nullable SSLContext startTls;
    private final List<String> extensions = new CopyOnWriteArrayList<>();
    private final Map<String, Deque<String>> script = new ConcurrentHashMap<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    ScriptedRelay() {
        this(null);
    }

    ScriptedRelay(@Nullable SSLContext implicitTls) {
        this.implicitTls = implicitTls;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::acceptWhileOpen);
    }

    ScriptedRelay offers(String extension) {
        extensions.add(extension);
        return this;
    }

    ScriptedRelay offersStartTls(SSLContext context) {
        startTls = context;
        return offers("STARTTLS");
    }

    /** In this order, once each; lines are separated by a line break. */
    ScriptedRelay answers(String verb, String... replies) {
        script.computeIfAbsent(verb, _ -> new ArrayDeque<>()).addAll(List.of(replies));
        return this;
    }

    int port() {
        return server.getLocalPort();
    }

    /** All that clients said, but for the mails themselves. */
    List<String> heard() {
        return heard;
    }

    /** Without the dots that were stuffed. */
    List<String> mails() {
        return mails;
    }

    int connections() {
        return connections.get();
    }

    int mostConnectionsAtOnce() {
        return mostAtOnce.get();
    }

    int openConnections() {
        return open.size();
    }

    void breakConnections() {
        open.forEach(ScriptedRelay::close);
    }

    private void acceptWhileOpen() {
        try {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                connections.incrementAndGet();
                open.add(socket);
                mostAtOnce.accumulateAndGet(open.size(), Math::max);
                Thread.ofVirtual().start(() -> {
                    try {
                        converse(socket);
                    } catch (IOException e) {
                        heard.add("(broken)");
                    } finally {
                        close(socket);
                        open.remove(socket);
                    }
                });
            }
        } catch (IOException e) {
            closed.countDown();
        }
    }

    private void converse(Socket accepted) throws IOException {
        Socket socket = implicitTls == null ? accepted : secured(accepted, implicitTls);
        BufferedReader in = reader(socket);
        Envelope envelope = new Envelope(false, false);
        String said = say(socket, "CONNECT", "220 relay.example ESMTP");
        while (!said.isEmpty() && !said.startsWith("421") && !said.startsWith("221")) {
            String line = in.readLine();
            if (line == null) {
                return;
            }
            heard.add(line);
            String verb = verb(line);
            said = say(socket, verb, friendly(verb, envelope));
            envelope = envelope.after(verb, said);
            if (verb.equals("STARTTLS") && said.startsWith("220")) {
                socket = secured(accepted, Objects.requireNonNull(startTls));
                in = reader(socket);
            } else if (verb.equals("DATA") && said.startsWith("354")) {
                mails.add(received(in));
                said = say(socket, ".", "250 2.0.0 Ok: queued as 4F9D195432E");
            }
        }
    }

    private static String verb(String line) {
        int space = line.indexOf(' ');
        return (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
    }

    /** What was accepted of the mail that is being handed over. */
    private record Envelope(boolean sender, boolean recipient) {

        Envelope after(String verb, String said) {
            return switch (verb) {
                case "MAIL" -> new Envelope(sender || said.startsWith("2"), false);
                case "RCPT" -> new Envelope(sender, said.startsWith("2"));
                case "RSET", "DATA" ->
                    said.startsWith("2") || said.startsWith("354") ? new Envelope(false, false) : this;
                default -> this;
            };
        }
    }

    private String friendly(String verb, Envelope envelope) {
        return switch (verb) {
            case "EHLO" -> extensions.isEmpty() ? "250 relay.example" : "250-relay.example\n" + offered();
            case "MAIL" -> envelope.sender ? "503 5.5.1 nested MAIL" : "250 2.1.0 Ok";
            case "RCPT" -> envelope.sender ? "250 2.1.5 Ok" : "503 5.5.1 need MAIL";
            case "DATA" -> envelope.recipient ? "354 go on" : "503 5.5.1 need RCPT";
            case "AUTH" -> "235 2.7.0 welcome";
            case "STARTTLS" -> "220 2.0.0 go ahead";
            case "QUIT" -> "221 2.0.0 bye";
            default -> "250 2.0.0 Ok";
        };
    }

    private String offered() {
        List<String> lines = new ArrayList<>();
        for (String extension : extensions) {
            lines.add((lines.size() + 1 < extensions.size() ? "250-" : "250 ") + extension);
        }
        return String.join("\n", lines);
    }

    /** Yields what was said; nothing at the end of the conversation. */
    private String say(Socket socket, String verb, String otherwise) throws IOException {
        Deque<String> replies = script.getOrDefault(verb, new ArrayDeque<>());
        String reply;
        synchronized (replies) {
            reply = replies.isEmpty() ? otherwise : replies.removeFirst();
        }
        switch (reply) {
            case SILENCE -> waitForTheEnd();
            case DEAFNESS -> {
                write(socket, "354 go on");
                waitForTheEnd();
            }
            case HANG_UP -> {}
            default -> {
                write(socket, reply);
                return reply;
            }
        }
        return "";
    }

    private static void write(Socket socket, String reply) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write((reply.replace("\n", "\r\n") + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void waitForTheEnd() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String received(BufferedReader in) throws IOException {
        StringBuilder mail = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            mail.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return mail.toString();
    }

    private static Socket secured(Socket socket, SSLContext context) throws IOException {
        SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
        secured.setUseClientMode(false);
        secured.startHandshake();
        return secured;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        breakConnections();
    }
}
