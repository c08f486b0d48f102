package dev.tidings.bench;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.tidings.testing.PrivateRabbit;
import dev.tidings.testing.TidingsProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Events in, mail accepted by a sink: throughput in a flood, latency at a steady rate from the time at which each event
 * was meant to be published, memory, and the time to start; everything durable, everything on one machine.
 *
 * <p>Seconds to measure each of the two may be given as an argument; 60 by default.
 */
final class Bench {

    private static final Duration WARM_UP = Duration.ofMinutes(2);
    private static final Duration CEILING = Duration.ofSeconds(20);
    private static final int STEADY = 200;
    /** So many may wait, at the broker and for delivery together: what is sustained is what doesn't let more wait. */
    private static final int MOST_WAITING = 3_000;

    private static final Pattern HEAP = Pattern.compile("used (\\d+)K");

    private final Path directory;
    private final Duration measured;
    private final List<String[]> table = new ArrayList<>();

    private Bench(Path directory, Duration measured) {
        this.directory = directory;
        this.measured = measured;
    }

    public static void main(String[] args) throws Exception {
        Duration measured = Duration.ofSeconds(args.length > 0 ? Long.parseLong(args[0]) : 60);
        new Bench(Files.createTempDirectory("tidings-bench"), measured).run();
        System.exit(0);
    }

    private void run() throws Exception {
        try (PrivateRabbit rabbit = PrivateRabbit.started();
                SmtpSink sink = SmtpSink.started(directory)) {
            long before = System.nanoTime();
            try (TidingsProcess tidings = TidingsProcess.started(
                    directory,
                    Map.of(
                            "RABBITMQ_URL", rabbit.url(),
                            "SMTP_HOST", "127.0.0.1",
                            "SMTP_PORT", String.valueOf(sink.port())),
                    List.of("@infra/java.options", "-Xmx" + System.getProperty("bench.heap", "512m")),
                    List.of("-jar", "target/run/tidings.jar"))) {
                row("start to ready, databases included", millis(before), "ms", "< 20,000");
                String jdbc = tidings.jdbc();
                try (Connection connection = connection(rabbit.url());
                        Channel channel = connection.createChannel()) {
                    channel.confirmSelect();
                    measure(channel, tidings, jdbc);
                }
                row("ceiling: the same rows by JDBC, 100 a commit", Ceiling.rows(jdbc, CEILING), "/s", "");
            }
            row("ceiling: mails to the sink, 8 kept connections", Ceiling.mails(sink.port(), CEILING), "/s", "");
        }
        print();
    }

    private static Connection connection(String url) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(url);
        return factory.newConnection("bench");
    }

    private void measure(Channel channel, TidingsProcess tidings, String jdbc) throws Exception {
        Figures figures = new Figures(tidings.http());
        say("warming up for " + WARM_UP.toSeconds() + " s");
        flood(channel, jdbc, figures, WARM_UP);
        drain(jdbc);
        say("flood for " + measured.toSeconds() + " s");
        long sentBefore = sent(jdbc);
        long start = System.nanoTime();
        flood(channel, jdbc, figures, measured);
        long sentAfter = sent(jdbc);
        row("events in, mail accepted by the sink", (sentAfter - sentBefore) / seconds(start), "/s", ">= 1,000");
        row("RSS after the flood", rss(tidings.pid()), "MB", "");
        row("heap after the flood", heap(tidings.pid()), "MB", "");
        drain(jdbc);
        say("steady " + STEADY + "/s for " + measured.toSeconds() + " s");
        String run = "steady-" + UUID.randomUUID().toString().substring(0, 6) + "-";
        steady(channel, run);
        drain(jdbc);
        latencies(jdbc, run);
        long accepted = count(jdbc, "select count(*) from source_message");
        row("accepted in all", (double) accepted, "", "");
        row("accepted and not sent", (double) (accepted - sent(jdbc)), "", "= 0");
    }

    /** Publishes as fast as Tidings delivers. */
    private void flood(Channel channel, String jdbc, Figures figures, Duration duration) throws Exception {
        long deadline = System.nanoTime() + duration.toNanos();
        long published = count(jdbc, "select count(*) from source_message");
        while (System.nanoTime() < deadline) {
            if (channel.messageCount("general_queue") + figures.unsent() > MOST_WAITING) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                continue;
            }
            for (int i = 0; i < 500; i++) {
                publish(channel, "flood-" + published++);
            }
            channel.waitForConfirmsOrDie(30_000);
        }
    }

    /** Each event at its time: when one is late, those after it are not put off. */
    private void steady(Channel channel, String run) throws Exception {
        long events = measured.toSeconds() * STEADY;
        long startNanos = System.nanoTime();
        Instant start = Instant.now();
        for (long i = 0; i < events; i++) {
            long offset = i * 1_000_000_000L / STEADY;
            while (System.nanoTime() - startNanos < offset) {
                LockSupport.parkNanos(Math.max(50_000, offset - (System.nanoTime() - startNanos)));
            }
            Instant intended = start.plusNanos(offset);
            publish(channel, run + (intended.getEpochSecond() * 1_000_000 + intended.getNano() / 1_000));
        }
        channel.waitForConfirmsOrDie(30_000);
    }

    private static void publish(Channel channel, String correlationId) throws IOException {
        UUID id = UUID.randomUUID();
        String body = """
                {"event_type": "UserRegistered", "event_id": "%s", "source_service": "bench", "correlation_id": "%s",
                 "timestamp": "2026-01-01T00:00:00Z", "userid": "%s", "username": "Ada Lovelace",
                 "email": "%s@example.org"}""".formatted(id, correlationId, id, id);
        channel.basicPublish(
                "notification.events",
                "user.registered",
                new BasicProperties.Builder()
                        .contentType("application/json")
                        .deliveryMode(2)
                        .build(),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private void drain(String jdbc) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        long last = -1;
        while (System.nanoTime() < deadline) {
            long accepted = count(jdbc, "select count(*) from source_message");
            if (accepted == last && count(jdbc, "select count(*) from delivery_queue") == 0) {
                return;
            }
            last = accepted;
            TimeUnit.SECONDS.sleep(1);
        }
        throw new IllegalStateException("the queue isn't empty after two minutes");
    }

    /** From the log: when the sink had accepted it, less when it was meant to be published (both on this clock). */
    private void latencies(String jdbc, String run) throws SQLException {
        String sql = """
                with latency as (
                    select extract(epoch from (payload ->> 'at')::timestamptz) * 1000
                           - substring(metadata ->> 'correlationId' from %d)::numeric / 1000 as ms
                    from event_log
                    where event = 'notification.sent' and metadata ->> 'correlationId' like '%s%%')
                select percentile_disc(0.5) within group (order by ms), percentile_disc(0.99) within group (order by ms),
                       max(ms), count(*)
                from latency""".formatted(run.length() + 1, run);
        try (java.sql.Connection connection = DriverManager.getConnection(jdbc, "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            String at = "published -> accepted by the sink at " + STEADY + "/s, ";
            row(at + "p50", row.getDouble(1), "ms", "< 20");
            row(at + "p99", row.getDouble(2), "ms", "< 150");
            row(at + "max", row.getDouble(3), "ms", "");
            row(at + "measured", (double) row.getLong(4), "", "");
        }
    }

    private static long sent(String jdbc) throws SQLException {
        return count(jdbc, "select count(*) from domain_event_entry where payload_type = 'notification.sent'");
    }

    private static long count(String jdbc, String sql) throws SQLException {
        try (java.sql.Connection connection = DriverManager.getConnection(jdbc, "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static double rss(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1_024)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static double heap(long pid) throws IOException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(pid),
                        "GC.heap_info")
                .start();
        Matcher used = HEAP.matcher(new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        return used.find() ? Double.parseDouble(used.group(1)) / 1_024 : Double.NaN;
    }

    private static double millis(long since) {
        return (System.nanoTime() - since) / 1e6;
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private void row(String what, double value, String unit, String wanted) {
        String[] row = {
            what, String.format(Locale.ROOT, value < 100 && !unit.isEmpty() ? "%,.1f" : "%,.0f", value), unit, wanted
        };
        table.add(row);
        say(String.join(" ", row));
    }

    private void print() {
        StringBuilder text = new StringBuilder("\n| what | measured | | wanted |\n|---|---:|---|---|\n");
        table.forEach(row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
        say(text.toString());
    }

    @SuppressWarnings("SystemOut")
    private static void say(String text) {
        System.out.println(text);
    }
}
