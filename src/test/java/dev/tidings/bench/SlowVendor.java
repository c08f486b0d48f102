package dev.tidings.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A vendor of messages in this process that accepts everything, and takes its time for each. */
final class SlowVendor implements AutoCloseable {

    private final HttpServer server;
    private final AtomicLong accepted = new AtomicLong();

    /** @param connections how many are kept at most */
    SlowVendor(Duration latency, int connections) throws IOException {
        // By default it closes what is idle beyond 200 connections, perhaps while the next request is on its way.
        System.setProperty("sun.net.httpserver.maxIdleConnections", Integer.toString(2 * connections));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), connections);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            try {
                Thread.sleep(latency);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            byte[] answer = "{\"sid\":\"SM%032d\",\"status\":\"queued\"}"
                    .formatted(accepted.incrementAndGet())
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(201, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    long accepted() {
        return accepted.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
