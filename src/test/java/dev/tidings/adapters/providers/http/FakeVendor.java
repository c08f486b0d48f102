package dev.tidings.adapters.providers.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A vendor on 127.0.0.1 that speaks HTTP/1.1 on kept connections, and misbehaves as it is told. */
public final class FakeVendor implements AutoCloseable {

    /** One request, whole; headers by their names in lower case. */
    public record Heard(String method, String target, Map<String, String> headers, String body) {

        public String header(String name) {
            return headers.getOrDefault(name, "");
        }

        public Map<String, String> form() {
            return Stream.of(body.split("&", -1))
                    .map(pair -> pair.split("=", 2))
                    .collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1])));
        }

        private static String decoded(String text) {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        }
    }

    /** What it does once it has read a request; the connection is kept if this returns true. */
    @FunctionalInterface
    public interface Behaviour {
        boolean answer(Heard request, Socket connection) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final Queue<Behaviour> script = new ConcurrentLinkedQueue<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Behaviour usual = answers(200, "");
    private final boolean secure;

    public FakeVendor() {
        this(null);
    }

    public FakeVendor(@Nullable SSLContext identity) {
        try {
            InetAddress here = InetAddress.getLoopbackAddress();
            this.secure = identity != null;
            this.server = identity == null
                    ? new ServerSocket(0, 1000, here)
                    : identity.getServerSocketFactory().createServerSocket(0, 1000, here);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    public URI url() {
        return URI.create((secure ? "https" : "http") + "://localhost:" + server.getLocalPort());
    }

    public List<Heard> heard() {
        return heard;
    }

    public int connections() {
        return connections.get();
    }

    public FakeVendor will(Behaviour behaviour) {
        usual = behaviour;
        return this;
    }

    /** Once, before what it usually does. */
    public FakeVendor willFirst(Behaviour behaviour) {
        script.add(behaviour);
        return this;
    }

    public static Behaviour answers(int status, String body, String... headers) {
        return (_, connection) -> {
            write(connection, head(status, body.getBytes(StandardCharsets.UTF_8).length, headers) + body);
            return true;
        };
    }

    public static Behaviour hangsUp() {
        return (_, _) -> false;
    }

    public static Behaviour resets() {
        return (_, connection) -> {
            connection.setSoLinger(true, 0);
            return false;
        };
    }

    public static Behaviour cutsItsAnswer(int status) {
        return (_, connection) -> {
            write(connection, head(status, 1000) + "{\"sid\"");
            return false;
        };
    }

    public static Behaviour saysNothing() {
        return (_, _) -> {
            Thread.sleep(60_000);
            return false;
        };
    }

    /** One byte each 20 ms, for a minute: no time-out between two bytes would notice. */
    public static Behaviour drips(int status) {
        return (_, connection) -> {
            write(connection, head(status, 3000));
            for (int i = 0; i < 3000; i++) {
                write(connection, " ");
                Thread.sleep(20);
            }
            return false;
        };
    }

    private static String head(int status, int length, String... headers) {
        return "HTTP/1.1 " + status + " Said\r\nContent-Length: " + length + "\r\n"
                + Stream.of(headers).map(header -> header + "\r\n").collect(Collectors.joining())
                + "\r\n";
    }

    private static void write(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        connection.getOutputStream().flush();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                open.add(connection);
                Thread.startVirtualThread(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            boolean first = true;
            for (Heard request = read(in); request != null; request = read(in)) {
                if (first) {
                    connections.incrementAndGet();
                    first = false;
                }
                heard.add(request);
                Behaviour behaviour = script.poll();
                if (!(behaviour == null ? usual : behaviour).answer(request, connection)) {
                    return;
                }
            }
        } catch (IOException e) {
            // Who called has hung up, which is theirs to do.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(connection);
        }
    }

    private static @Nullable Heard read(InputStream in) throws IOException {
        String start = line(in);
        if (start.isEmpty()) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        String[] words = start.split(" ", 3);
        return new Heard(words[0], words[1], headers, body);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            if (octet != '\r') {
                line.write(octet);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket each : open) {
                each.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
