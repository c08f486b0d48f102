package dev.tidings.bench;

import com.sun.net.httpserver.HttpServer;
import dev.tidings.adapters.providers.http.HttpCaller;
import dev.tidings.adapters.providers.http.HttpResult.Answered;
import dev.tidings.adapters.providers.http.HttpSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLContext;

/**
 * The caller of providers alone: many calls in flight to a vendor in this process that takes its time. The JVM's first ten
 * seconds don't count.
 */
public final class ProviderCalls {

    private static final int IN_FLIGHT = 500;
    private static final Duration LATENCY = Duration.ofMillis(200);
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final byte[] ANSWER = "{\"sid\":\"SM1\"}".getBytes(StandardCharsets.UTF_8);

    private ProviderCalls() {}

    /** @param args for how many seconds; 30 when absent */
    public static void main(String[] args) throws Exception {
        Duration time = Duration.ofSeconds(args.length == 0 ? 30 : Long.parseLong(args[0]));
        HttpServer vendor = vendor();
        HttpSettings settings = new HttpSettings(IN_FLIGHT, Duration.ofSeconds(5), Duration.ofSeconds(15), "");
        LongAdder answered = new LongAdder();
        LongAdder others = new LongAdder();
        long start = System.nanoTime() + WARM_UP.toNanos();
        long end = start + time.toNanos();
        try (HttpCaller caller = new HttpCaller(settings, SSLContext.getDefault(), Version.HTTP_1_1);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + vendor.getAddress().getPort() + "/messages"))
                    .POST(BodyPublishers.ofString("To=%2B4915112345678&Body=" + "x".repeat(300)))
                    .build();
            for (int i = 0; i < IN_FLIGHT; i++) {
                threads.execute(() -> {
                    while (System.nanoTime() < end) {
                        boolean isAnswer = caller.call(request) instanceof Answered;
                        if (!isAnswer) {
                            others.increment();
                        } else if (System.nanoTime() >= start) {
                            answered.increment();
                        }
                    }
                });
            }
            report(answered, end);
        } finally {
            vendor.stop(0);
        }
        System.out.printf(
                Locale.ROOT,
                "%d in flight, %d ms each: %.0f calls/s, %d not answered%n",
                IN_FLIGHT,
                LATENCY.toMillis(),
                answered.sum() / (double) time.toSeconds(),
                others.sum());
    }

    private static HttpServer vendor() throws IOException {
        // By default it closes what is idle beyond 200 connections, perhaps while the next request is on its way.
        System.setProperty("sun.net.httpserver.maxIdleConnections", Integer.toString(2 * IN_FLIGHT));
        HttpServer vendor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), IN_FLIGHT);
        vendor.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        vendor.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            try {
                Thread.sleep(LATENCY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(201, ANSWER.length);
            exchange.getResponseBody().write(ANSWER);
            exchange.close();
        });
        vendor.start();
        return vendor;
    }

    private static void report(LongAdder answered, long end) throws InterruptedException {
        long before = 0;
        while (System.nanoTime() < end) {
            Thread.sleep(5_000);
            long now = answered.sum();
            ManagementFactory.getMemoryMXBean().gc();
            System.out.printf(
                    Locale.ROOT,
                    "%6.0f calls/s, %d MB of heap after a collection, %d threads%n",
                    (now - before) / 5.0,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1_000_000,
                    ManagementFactory.getThreadMXBean().getThreadCount());
            before = now;
        }
    }
}
