package dev.tidings.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Asks over kept connections, on each the next as soon as the last is answered. Writes HTTP/1.1 by itself, so that it
 * takes little of the processors that it shares with what it measures.
 */
final class HttpLoad {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final int MOST_OF_A_LINE = 8_192;

    private final int port;
    private final int connections;

    HttpLoad(String tidings, int connections) {
        this.port = URI.create(tidings).getPort();
        this.connections = connections;
    }

    /** How many were answered as expected, a second; how many otherwise; and how long it took. */
    record Result(double perSecond, long otherwise, double p50Millis, double p99Millis) {}

    /** One request: its first line without the version, and its body. */
    record Ask(String line, String body) {

        private byte[] bytes() {
            byte[] content = body.getBytes(StandardCharsets.UTF_8);
            byte[] head =
                    "%s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                            .formatted(line, content.length)
                            .getBytes(StandardCharsets.US_ASCII);
            byte[] all = Arrays.copyOf(head, head.length + content.length);
            System.arraycopy(content, 0, all, head.length, content.length);
            return all;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
    private record Part(long[] nanos, long otherwise) {}

    Result run(Duration duration, int expectedStatus, Supplier<Ask> asks) throws Exception {
        long deadline = System.nanoTime() + duration.toNanos();
        List<Future<Part>> parts = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < connections; i++) {
                parts.add(threads.submit(() -> askUntil(deadline, expectedStatus, asks)));
            }
        }
        List<long[]> nanos = new ArrayList<>();
        long otherwise = 0;
        for (Future<Part> part : parts) {
            nanos.add(part.get().nanos);
            otherwise += part.get().otherwise;
        }
        long[] all = nanos.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return new Result(all.length / (duration.toMillis() / 1_000.0), otherwise, at(all, 0.5), at(all, 0.99));
    }

    private static double at(long[] sorted, double quantile) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) (quantile * (sorted.length - 1))] / NANOS_PER_MILLI;
    }

    private Part askUntil(long deadline, int expectedStatus, Supplier<Ask> asks) throws IOException {
        long[] nanos = new long[1_024];
        int answered = 0;
        long otherwise = 0;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (System.nanoTime() < deadline) {
                byte[] request = asks.get().bytes();
                long before = System.nanoTime();
                out.write(request);
                out.flush();
                if (readAnswer(in) != expectedStatus) {
                    otherwise++;
                    continue;
                }
                if (answered == nanos.length) {
                    nanos = Arrays.copyOf(nanos, 2 * answered);
                }
                nanos[answered++] = System.nanoTime() - before;
            }
        }
        return new Part(Arrays.copyOf(nanos, answered), otherwise);
    }

    /** Yields the status. What answers here says how long its body is, or sends it in chunks. */
    private static int readAnswer(InputStream in) throws IOException {
        int status = Integer.parseInt(line(in).split(" ", 3)[1]);
        int length = 0;
        boolean chunked = false;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip());
            } else if (header.startsWith("transfer-encoding:") && header.endsWith("chunked")) {
                chunked = true;
            }
        }
        if (!chunked) {
            in.skipNBytes(length);
            return status;
        }
        for (int chunk = chunk(in); chunk > 0; chunk = chunk(in)) {
            in.skipNBytes(chunk + 2L);
        }
        line(in);
        return status;
    }

    private static int chunk(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.length() > MOST_OF_A_LINE) {
                throw new EOFException("the answer ended within a line");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
