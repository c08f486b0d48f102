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
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * Measures what was promised, beside what the machine can do; everything durable, everything on one machine. The
 * scenarios: {@code flood} (events in, mail accepted by a sink, as many as can be delivered, and what that costs each
 * process), {@code start} (of a second node, on databases, broker and relay that are there), {@code latency} (the same
 * at steady rates, from the time at which each event was meant to be published), {@code http} (accepting by REST),
 * {@code sms} (through a vendor by HTTP that takes its time), {@code rebuild} (of the views, of all that the others left
 * behind), {@code store} (accepting and reading with millions of notifications in the store).
 *
 * <p>Arguments: the seconds of each measurement, 60 by default, and the scenarios, all by default. To compare two
 * settings, {@code JAVA_OPTS} and {@code ARGS} in the environment are added to the options of the JVM that runs
 * Tidings, and to its arguments.
 */
final class Bench {

    private static final Set<String> SCENARIOS = Set.of("flood", "start", "latency", "http", "sms", "rebuild", "store");
    private static final Duration COLD = Duration.ofSeconds(30);
    /** What a JVM needs on a slow machine until nothing more is compiled that matters. */
    private static final Duration WARM_UP = Duration.ofMinutes(3);

    private static final Duration ACCEPTING_SMS = Duration.ofSeconds(90);
    /** Longer than autovacuum's naptime. */
    private static final Duration SETTLED = Duration.ofSeconds(45);

    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final Duration CEILING = Duration.ofSeconds(20);
    private static final int CONNECTIONS = 64;
    private static final int BATCH_CONNECTIONS = 8;
    private static final int READERS = 4;
    private static final int STARTS = 3;
    private static final int SMS_IN_FLIGHT = 600;
    private static final Duration SMS_LATENCY = Duration.ofMillis(200);
    private static final int BATCH = 100;
    private static final int STORED = Integer.getInteger("bench.stored", 5_000_000);
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    /** So many may wait, at the broker and for delivery together: what is sustained is what doesn't let more wait. */
    private static final int MOST_WAITING = 3_000;

    private static final Pattern SPACES = Pattern.compile(" +");
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
        Set<String> scenarios =
                args.length > 1 ? new LinkedHashSet<>(Arrays.asList(args).subList(1, args.length)) : SCENARIOS;
        if (!SCENARIOS.containsAll(scenarios)) {
            throw new IllegalArgumentException("There are " + SCENARIOS + ", not all of " + scenarios);
        }
        Path directory = Files.createTempDirectory("tidings-bench");
        try {
            new Bench(directory, measured).run(scenarios);
        } finally {
            FileSystemUtils.deleteRecursively(directory);
        }
        System.exit(0);
    }

    private void run(Set<String> scenarios) throws Exception {
        try (PrivateRabbit rabbit = PrivateRabbit.started();
                SmtpSink sink = SmtpSink.started(directory);
                SlowVendor vendor = new SlowVendor(SMS_LATENCY, SMS_IN_FLIGHT)) {
            long before = System.nanoTime();
            Map<String, String> services = Map.of(
                    "RABBITMQ_URL", rabbit.url(),
                    "SMTP_HOST", "127.0.0.1",
                    "SMTP_PORT", String.valueOf(sink.port()));
            try (TidingsProcess tidings = started(
                    directory,
                    services,
                    "--tidings.providers.bench-sms.kind=twilio-sms",
                    "--tidings.providers.bench-sms.base-url=" + vendor.url(),
                    "--tidings.providers.bench-sms.account-sid=AC00000000000000000000000000000000",
                    "--tidings.providers.bench-sms.auth-token=bench",
                    "--tidings.providers.bench-sms.from=+4930123456",
                    "--tidings.providers.bench-sms.concurrency=" + SMS_IN_FLIGHT)) {
                row("start to ready, databases included", millis(before), "ms", "< 20,000");
                try (Connection connection = connection(rabbit.url());
                        Channel channel = connection.createChannel()) {
                    channel.confirmSelect();
                    measure(scenarios, channel, vendor, tidings);
                }
                if (scenarios.contains("start")) {
                    start(services, tidings);
                }
                row("RSS at the end", rss(tidings.pid()), "MB", "< 500");
                ceilings(rabbit.url(), sink.port(), tidings);
            }
        }
        print();
    }

    private void measure(Set<String> scenarios, Channel channel, SlowVendor vendor, TidingsProcess tidings)
            throws Exception {
        if (scenarios.contains("store")) {
            store(channel, tidings);
        }
        long sentWithoutMessage = sent(tidings.jdbc()) - accepted(tidings.jdbc());
        if (scenarios.contains("flood")) {
            flood(channel, tidings);
        }
        if (scenarios.contains("latency")) {
            latency(channel, tidings, !scenarios.contains("flood"));
            row(
                    "accepted and not sent",
                    (double) (accepted(tidings.jdbc()) + sentWithoutMessage - sent(tidings.jdbc())),
                    "",
                    "= 0");
        }
        if (scenarios.contains("http")) {
            http(tidings);
        }
        if (scenarios.contains("sms")) {
            sms(vendor, tidings);
        }
        if (scenarios.contains("rebuild")) {
            rebuild(tidings);
        }
    }

    /** Each with both cores for itself; and what they would all come to if each notification needed no more than these. */
    private void ceilings(String rabbit, int sink, TidingsProcess tidings) throws Exception {
        settle();
        String jdbc = tidings.jdbc();
        double rows = ceiling(tidings, "the same rows by JDBC, 100 a commit", time -> Ceiling.rows(jdbc, time));
        double mail = ceiling(tidings, "mails to the sink, 8 kept connections", time -> Ceiling.mails(sink, time));
        double messages = ceiling(tidings, "one message in, two out", through(rabbit, Ceiling::messages));
        row("ceiling: a mail, its rows and messages for each event", atMost(mail + rows + messages), "/s", "");
        double request = ceiling(
                tidings,
                "requests answered together every 10 ms, nothing done",
                time -> Ceiling.requests(CONNECTIONS, Bench::send, time));
        double requested =
                ceiling(tidings, "rows of one asked for and sent", time -> Ceiling.requestedRows(jdbc, time));
        double announcements = ceiling(tidings, "two messages out", through(rabbit, Ceiling::announcements));
        row(
                "ceiling: a mail, its rows and messages for each request",
                atMost(mail + request + requested + announcements),
                "/s",
                "");
        double waiting = ceiling(tidings, "rows of what waits for tomorrow", time -> Ceiling.acceptedRows(jdbc, time));
        row("ceiling: the rows of what waits for each request", atMost(request + waiting), "/s", "");
        Ceiling.fillTables(jdbc);
        settle();
        say("batches for " + A_MINUTE.toSeconds() + " s to warm up");
        Ceiling.batches(jdbc, BATCH_CONNECTIONS, Bench::batch, A_MINUTE);
        ceiling(
                tidings,
                "batches of " + BATCH + " rendered, checked, copied in and viewed, nothing decided, for each mail",
                time -> BATCH * Ceiling.batches(jdbc, BATCH_CONNECTIONS, Bench::batch, time));
    }

    private static void settle() throws InterruptedException {
        say("nothing for " + SETTLED.toSeconds() + " s: what was written is vacuumed, which makes commits wait");
        Thread.sleep(SETTLED);
    }

    private static double atMost(double cost) {
        return Runtime.getRuntime().availableProcessors() * 1_000 / cost;
    }

    private interface Publishing {
        double over(Connection connection, Duration time) throws Exception;
    }

    private static Rate through(String rabbit, Publishing publishing) {
        return time -> {
            try (Connection connection = connection(rabbit)) {
                return publishing.over(connection, time);
            }
        };
    }

    private interface Rate {
        double over(Duration time) throws Exception;
    }

    /** Measured warm, too. */
    private double ceiling(TidingsProcess tidings, String what, Rate rate) throws Exception {
        rate.over(CEILING);
        Expense before = Expense.soFar(tidings);
        double perSecond = rate.over(CEILING);
        double cost = Expense.soFar(tidings).since(before).inAll() / (perSecond * CEILING.toSeconds());
        row("ceiling: " + what, perSecond, "/s", "");
        row("one of these costs in all", cost, "ms of a core", "");
        return cost;
    }

    private static List<String> with(String variable, String... usual) {
        String more = System.getenv().getOrDefault(variable, "").strip();
        return Stream.concat(Arrays.stream(usual), more.isEmpty() ? Stream.empty() : SPACES.splitAsStream(more))
                .toList();
    }

    private static Connection connection(String url) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(url);
        return factory.newConnection("bench");
    }

    private static TidingsProcess started(Path directory, Map<String, String> environment, String... arguments) {
        return TidingsProcess.started(
                directory,
                environment,
                with("JAVA_OPTS", "@infra/java.options", "-Xmx224m"),
                Stream.concat(
                                Stream.of("-jar", "target/run/tidings.jar"),
                                Stream.concat(Arrays.stream(arguments), with("ARGS").stream()))
                        .toList());
    }

    private void start(Map<String, String> services, TidingsProcess first) throws IOException {
        Map<String, String> environment = new HashMap<>(services);
        environment.put("TIDINGS_NODE", "second");
        environment.put("DATABASE_URL", first.databaseUrl());
        List<Double> starts = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            Path own = Files.createDirectory(directory.resolve("node-" + i));
            long before = System.nanoTime();
            try (TidingsProcess _ = started(own, environment)) {
                starts.add(millis(before));
            }
        }
        starts.sort(null);
        row("start to ready of a second node, median of " + STARTS, starts.get(STARTS / 2), "ms", "< 8,000");
    }

    private void flood(Channel channel, TidingsProcess tidings) throws Exception {
        String jdbc = tidings.jdbc();
        Figures figures = new Figures(tidings.http());
        say("flood from cold for " + COLD.toSeconds() + " s, then for " + WARM_UP.toSeconds() + " s to warm up");
        row("events in, mail accepted by the sink, first 30 s", flood(channel, figures, COLD), "/s", "");
        flood(channel, figures, WARM_UP);
        say("flood for " + measured.toSeconds() + " s");
        long sent = figures.sent();
        Expense before = Expense.soFar(tidings);
        double rate = minutes(channel, figures, tidings.pid());
        Expense spent = Expense.soFar(tidings).since(before);
        row("events in, mail accepted by the sink, sustained", rate, "/s", ">= 3,000");
        rows("a notification", (double) (figures.sent() - sent), spent);
        row("heap after the flood", heap(tidings.pid()), "MB", "");
        drain(jdbc);
    }

    /** One flood, of whose memory is told each minute. */
    private double minutes(Channel channel, Figures figures, long pid) throws Exception {
        long sentBefore = figures.sent();
        long start = System.nanoTime();
        long minute = 0;
        for (Duration left = measured; left.isPositive(); left = measured.minusMinutes(minute)) {
            flood(channel, figures, left.compareTo(A_MINUTE) < 0 ? left : A_MINUTE);
            minute++;
            row("RSS in minute " + minute + " of the flood", rss(pid), "MB", "< 500");
        }
        return (figures.sent() - sentBefore) / seconds(start);
    }

    private void latency(Channel channel, TidingsProcess tidings, boolean cold) throws Exception {
        String jdbc = tidings.jdbc();
        if (cold) {
            say("flood for " + WARM_UP.toSeconds() + " s to warm up");
            flood(channel, new Figures(tidings.http()), WARM_UP);
            drain(jdbc);
        }
        settle();
        steady(channel, jdbc, 50, "< 5", "< 15");
        steady(channel, jdbc, 200, "< 20", "< 150");
        steady(channel, jdbc, 500, "< 10", "< 60");
    }

    /** At each moment as many as there are connections; what they ask for is delivered meanwhile, too. */
    private void http(TidingsProcess tidings) throws Exception {
        HttpLoad load = new HttpLoad(tidings.http(), CONNECTIONS);
        say("POST /notifications/send on " + CONNECTIONS + " connections");
        load.run(WARM_UP, ACCEPTED, Bench::send);
        Figures figures = new Figures(tidings.http());
        long sentBefore = figures.sent();
        measure(tidings, "POST /notifications/send", new Asking(load, ACCEPTED, Bench::send, 1), ">= 4,000", "< 60");
        row("sent meanwhile", (figures.sent() - sentBefore) / (double) measured.toSeconds(), "/s", "");
        drain(tidings.jdbc());
        measure(
                tidings,
                "the same, to be sent tomorrow",
                new Asking(load, ACCEPTED, () -> send(", \"delay_seconds\": 86400"), 1),
                "",
                "");
        HttpLoad batches = new HttpLoad(tidings.http(), BATCH_CONNECTIONS);
        say("POST /notifications/batch of " + BATCH + " on " + BATCH_CONNECTIONS + " connections");
        batches.run(WARM_UP, ACCEPTED, Bench::batch);
        measure(
                tidings,
                "POST /notifications/batch of " + BATCH,
                new Asking(batches, ACCEPTED, Bench::batch, BATCH),
                ">= 10,000",
                "");
    }

    /** @param each how many of what is counted one question brings */
    private record Asking(HttpLoad load, int status, Supplier<HttpLoad.Ask> asks, int each) {}

    private void measure(TidingsProcess tidings, String what, Asking asking, String wantedRate, String wantedP99)
            throws Exception {
        Expense before = Expense.soFar(tidings);
        HttpLoad.Result result = asking.load.run(measured, asking.status, asking.asks);
        Expense spent = Expense.soFar(tidings).since(before);
        row(what, result.perSecond() * asking.each, "/s", wantedRate);
        row(what + ", p50", result.p50Millis(), "ms", "");
        row(what + ", p99", result.p99Millis(), "ms", wantedP99);
        row(what + ", answered otherwise", (double) result.otherwise(), "", "= 0");
        rows("one of these", result.perSecond() * measured.toSeconds() * asking.each, spent);
    }

    private void rows(String one, double count, Expense spent) {
        spent.each(one, count).forEach((what, value) -> row(what, value.amount(), value.unit(), ""));
    }

    private static HttpLoad.Ask send() {
        return send("");
    }

    private static HttpLoad.Ask send(String more) {
        return new HttpLoad.Ask("POST /notifications/send", item(more));
    }

    private static String item(String more) {
        UUID id = UUID.randomUUID();
        return """
                {"notification_type": "password_reset", "userid": "%s", "recipient_email": "%s@example.org",
                 "subject": "Your password", "content": "password_reset",
                 "template_vars": {"username": "Ada", "reset_link": "https://example.org/reset?token=%s"}%s}""".formatted(id, id, id, more);
    }

    private static HttpLoad.Ask batch() {
        return new HttpLoad.Ask(
                "POST /notifications/batch",
                Stream.generate(() -> item(", \"delay_seconds\": 86400"))
                        .limit(BATCH)
                        .collect(Collectors.joining(",", "{\"notifications\": [", "]}")));
    }

    /** Accepted first, so that what is measured afterwards is delivery alone. */
    private void sms(SlowVendor vendor, TidingsProcess tidings) throws Exception {
        HttpLoad batches = new HttpLoad(tidings.http(), BATCH_CONNECTIONS);
        say("SMS through a vendor that takes " + SMS_LATENCY.toMillis() + " ms, " + SMS_IN_FLIGHT + " at a time");
        AtomicLong number = new AtomicLong(1_510_000_0000L);
        batches.run(ACCEPTING_SMS, ACCEPTED, () -> smsBatch(number));
        long before = vendor.accepted();
        long start = System.nanoTime();
        long deadline = start + measured.toNanos();
        while (System.nanoTime() < deadline
                && count(tidings.jdbc(), "select count(*) from delivery_queue") > 2 * SMS_IN_FLIGHT) {
            TimeUnit.SECONDS.sleep(1);
        }
        row("SMS accepted by the vendor", (vendor.accepted() - before) / seconds(start), "/s", ">= 2,000");
        row("for", seconds(start), "s", "");
        row("RSS after it", rss(tidings.pid()), "MB", "");
        row("heap after it", heap(tidings.pid()), "MB", "");
    }

    private static HttpLoad.Ask smsBatch(AtomicLong number) {
        return new HttpLoad.Ask(
                "POST /notifications/batch",
                Stream.generate(() -> """
                        {"notification_type": "welcome", "channel": "sms", "recipient_phone": "+49%d",
                         "content": "Your order 42 is on its way, and will be there tomorrow."}""".formatted(number.incrementAndGet()))
                        .limit(BATCH)
                        .collect(Collectors.joining(",", "{\"notifications\": [", "]}")));
    }

    private void rebuild(TidingsProcess tidings) throws Exception {
        say("rebuild of the views");
        Figures figures = new Figures(tidings.http());
        row("views rebuilt, compared and switched", (double) figures.rebuilt(), "events/s", "> 15,000");
    }

    /** The same questions, and the same acceptance, of a store that is empty and of one that has grown for years. */
    private void store(Channel channel, TidingsProcess tidings) throws Exception {
        String jdbc = tidings.jdbc();
        HttpLoad load = new HttpLoad(tidings.http(), CONNECTIONS);
        say("accepting by REST into an empty store");
        load.run(WARM_UP, ACCEPTED, Bench::send);
        HttpLoad.Result empty = load.run(measured, ACCEPTED, Bench::send);
        drain(jdbc);
        say("filling the store with " + STORED + " notifications");
        FullStore.makeRoom(jdbc, STORED);
        publish(channel, "after-the-room");
        drain(jdbc);
        FullStore.fill(jdbc, STORED);
        load.run(COLD, ACCEPTED, Bench::send);
        HttpLoad.Result full = load.run(measured, ACCEPTED, Bench::send);
        drain(jdbc);
        row(
                "accepting with " + STORED + " in the store, as a part of an empty one's rate",
                full.perSecond() / empty.perSecond(),
                "",
                ">= 0.8");
        List<String> ids = ids(jdbc);
        AtomicLong next = new AtomicLong();
        Supplier<HttpLoad.Ask> history =
                () -> get("/notifications/history/" + FullStore.person(next.incrementAndGet() * 7919));
        Supplier<HttpLoad.Ask> byId =
                () -> get("/notifications/" + ids.get((int) (next.incrementAndGet() % ids.size())));
        say("reading");
        HttpLoad warmingUp = new HttpLoad(tidings.http(), READERS);
        warmingUp.run(WARM_UP, OK, history);
        warmingUp.run(COLD, OK, byId);
        for (int readers : List.of(1, READERS)) {
            HttpLoad reading = new HttpLoad(tidings.http(), readers);
            String among = " among " + STORED + ", " + readers + " at a time";
            measure(tidings, "history of a person" + among, new Asking(reading, OK, history, 1), "", "< 20");
            measure(tidings, "notification by id" + among, new Asking(reading, OK, byId, 1), "", "< 20");
        }
    }

    private static HttpLoad.Ask get(String path) {
        return new HttpLoad.Ask("GET " + path, "");
    }

    private static List<String> ids(String jdbc) throws SQLException {
        try (java.sql.Connection connection = DriverManager.getConnection(jdbc, "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select notification_id from notification_view tablesample system (0.1) where service_id = 'bench' limit 2000")) {
            List<String> ids = new ArrayList<>();
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
            return ids;
        }
    }

    /** Publishes as fast as Tidings delivers; yields how many a second were sent. */
    private static double flood(Channel channel, Figures figures, Duration duration) throws Exception {
        long sentBefore = figures.sent();
        long start = System.nanoTime();
        long deadline = start + duration.toNanos();
        while (System.nanoTime() < deadline) {
            if (channel.messageCount("general_queue") + figures.unsent() > MOST_WAITING) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(250));
                continue;
            }
            for (int i = 0; i < 500; i++) {
                publish(channel, "flood");
            }
            channel.waitForConfirmsOrDie(30_000);
        }
        return (figures.sent() - sentBefore) / seconds(start);
    }

    /** Each event at its time: when one is late, those after it are not put off. */
    private void steady(Channel channel, String jdbc, int rate, String wantedP50, String wantedP99) throws Exception {
        say("steady " + rate + "/s for " + measured.toSeconds() + " s");
        String run = "steady-" + UUID.randomUUID().toString().substring(0, 6) + "-";
        long events = measured.toSeconds() * rate;
        long startNanos = System.nanoTime();
        Instant start = Instant.now();
        for (long i = 0; i < events; i++) {
            long offset = i * 1_000_000_000L / rate;
            while (System.nanoTime() - startNanos < offset) {
                LockSupport.parkNanos(Math.max(50_000, offset - (System.nanoTime() - startNanos)));
            }
            Instant intended = start.plusNanos(offset);
            publish(channel, run + (intended.getEpochSecond() * 1_000_000 + intended.getNano() / 1_000));
        }
        channel.waitForConfirmsOrDie(30_000);
        drain(jdbc);
        latencies(jdbc, run, "published -> accepted by the sink at " + rate + "/s, ", wantedP50, wantedP99);
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

    private static void drain(String jdbc) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        long last = -1;
        while (System.nanoTime() < deadline) {
            long accepted = accepted(jdbc);
            if (accepted == last && count(jdbc, "select count(*) from delivery_queue where due_at <= now()") == 0) {
                return;
            }
            last = accepted;
            TimeUnit.SECONDS.sleep(1);
        }
        throw new IllegalStateException("the queue isn't empty after two minutes");
    }

    /** From the log: when the sink had accepted it, less when it was meant to be published (both on this clock). */
    private void latencies(String jdbc, String run, String at, String wantedP50, String wantedP99) throws SQLException {
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
            row(at + "p50", row.getDouble(1), "ms", wantedP50);
            row(at + "p99", row.getDouble(2), "ms", wantedP99);
            row(at + "max", row.getDouble(3), "ms", "");
            row(at + "measured", (double) row.getLong(4), "", "");
        }
    }

    /** By message; what comes by REST without a key leaves none. */
    private static long accepted(String jdbc) throws SQLException {
        return count(jdbc, "select count(*) from source_message");
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
            what,
            String.format(Locale.ROOT, value < 100 && value != Math.rint(value) ? "%,.2f" : "%,.0f", value),
            unit,
            wanted
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
