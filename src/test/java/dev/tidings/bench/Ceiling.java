package dev.tidings.bench;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DeliverCallback;
import com.rabbitmq.client.MessageProperties;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * What the machine can do at most: the same rows with nothing between us and the database, mail with nothing else,
 * messages with nothing else, requests that are answered without being looked at.
 */
final class Ceiling {

    private static final int WRITERS = 4;
    private static final int ROWS_PER_COMMIT = 100;
    private static final int LINES = 8;
    private static final int CONSUMERS = 4;
    private static final int TAKEN_TOGETHER = 50;
    private static final int ANNOUNCEMENTS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** About what a commit of Tidings takes while many ask. */
    private static final Duration COMMIT = Duration.ofMillis(10);

    private static final String ANSWER =
            "{\"notification_id\": \"019ac2b1-7f00-7000-8000-000000000000\", \"status\": \"queued\"}";
    private static final byte[] BODY = "x".repeat(450).getBytes(StandardCharsets.UTF_8);
    private static final String TEXT = "x".repeat(600);
    /** As long as a mail is when it is packed; in hexadecimal digits. */
    private static final String PACKED = "ab".repeat(220);

    private static final String HTML = "<p>" + "x".repeat(1_400) + "</p>";

    private Ceiling() {}

    /** A second, by plain JDBC, 100 notifications in a commit: all rows that one leaves behind, and those it passes. */
    static double rows(String jdbc, Duration duration) throws Exception {
        Writing registered = connection -> {
            register(connection);
            accept(connection);
        };
        return write(jdbc, duration, List.of(registered, Ceiling::settle));
    }

    /** A second, in the same way: the rows of what was asked for by REST, and sent. */
    static double requestedRows(String jdbc, Duration duration) throws Exception {
        return write(jdbc, duration, List.of(Ceiling::accept, Ceiling::settle));
    }

    /** A second, in the same way: the rows of what was accepted by REST and waits for its time. */
    static double acceptedRows(String jdbc, Duration duration) throws Exception {
        return write(jdbc, duration, List.of(Ceiling::schedule, connection -> view(connection, "scheduled", 0)));
    }

    private interface Writing {
        void run(Connection connection) throws SQLException;
    }

    private static double write(String jdbc, Duration duration, List<Writing> commits) throws Exception {
        makeTables(jdbc);
        long deadline = System.nanoTime() + duration.toNanos();
        return inParallel(WRITERS, () -> writeUntil(jdbc, deadline, commits)) / seconds(duration);
    }

    private static void makeTables(String jdbc) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbc, "postgres", "");
                Statement statement = connection.createStatement()) {
            for (String table : List.of(
                    "domain_event_entry",
                    "notification_content",
                    "delivery_queue",
                    "source_message",
                    "recent_message",
                    "recipient",
                    "notification_view")) {
                statement.execute("drop table if exists ceiling_" + table);
                statement.execute("create table ceiling_" + table + " (like " + table + " including all)");
            }
        }
    }

    /** As many as Tidings has already, of those that each new row goes between. */
    static void fillTables(String jdbc) throws SQLException {
        makeTables(jdbc);
        try (Connection connection = DriverManager.getConnection(jdbc, "postgres", "");
                Statement statement = connection.createStatement()) {
            fillLike(
                    "notification_view",
                    "notification_id, sequence, service_id, user_id, type, channel, lane, template, template_version,"
                            + " correlation_id, traceparent, status, attempts, requested_at, due_at, updated_at",
                    statement);
            fillLike("recent_message", "fingerprint, notification_id, until", statement);
            statement.execute("checkpoint");
        }
    }

    private static void fillLike(String table, String columns, Statement statement) throws SQLException {
        statement.execute("insert into ceiling_%1$s (%2$s) select %2$s from %1$s".formatted(table, columns));
        statement.execute("vacuum (freeze, analyze) ceiling_" + table);
    }

    private static long writeUntil(String jdbc, long deadline, List<Writing> commits) throws SQLException {
        long notifications = 0;
        try (Connection connection = DriverManager.getConnection(jdbc, "postgres", "")) {
            connection.setAutoCommit(false);
            while (System.nanoTime() < deadline) {
                fill(connection);
                for (Writing commit : commits) {
                    commit.run(connection);
                    connection.commit();
                }
                notifications += ROWS_PER_COMMIT;
            }
        }
        return notifications;
    }

    private static void fill(Connection connection) throws SQLException {
        run(connection, "create temp table if not exists batch (id uuid)");
        run(connection, "truncate batch");
        run(connection, "insert into batch select uuidv7() from generate_series(1, " + ROWS_PER_COMMIT + ")");
    }

    private static void register(Connection connection) throws SQLException {
        run(connection, "insert into ceiling_source_message select 'bench', id::text, id, now() from batch");
        run(connection, "insert into ceiling_recipient select id::text, 'ada@example.org', 'Ada', now() from batch");
        run(connection, event("preferences.created", 0, "gen_random_uuid()"));
    }

    private static void accept(Connection connection) throws SQLException {
        request(connection);
        run(
                connection,
                "insert into ceiling_delivery_queue (notification_id, service_id, channel, lane, due_at, attempt,"
                        + " claimed_by, claimed_until) select id, 'bench', 'email', 2, now(), 1, 'x', now() from batch");
    }

    private static void schedule(Connection connection) throws SQLException {
        request(connection);
        run(
                connection,
                "insert into ceiling_delivery_queue (notification_id, service_id, channel, lane, due_at)"
                        + " select id, 'bench', 'email', 2, now() + interval '1 day' from batch");
    }

    private static void request(Connection connection) throws SQLException {
        run(connection, "insert into ceiling_recent_message select gen_random_uuid(), id, now() from batch");
        run(
                connection,
                "insert into ceiling_notification_content (notification_id, service_id, recipient, recipient_name, subject,"
                        + " packed) select id, 'bench', 'ada@example.org', 'Ada', 'Welcome', '\\x" + PACKED
                        + "' from batch");
        run(connection, event("notification.requested", 0, "id"));
    }

    private static void settle(Connection connection) throws SQLException {
        run(connection, event("notification.sent", 1, "id"));
        run(connection, "delete from ceiling_delivery_queue using batch where notification_id = batch.id");
        view(connection, "sent", 1);
    }

    private static void view(Connection connection, String status, int sequence) throws SQLException {
        run(
                connection,
                "insert into ceiling_notification_view (notification_id, sequence, service_id, user_id, type, channel,"
                        + " lane, status, attempts, requested_at, updated_at)"
                        + " select id, " + sequence + ", 'bench', id::text, 'welcome', 'email', 2, '" + status
                        + "', 1, now(), now() from batch");
    }

    private static String event(String name, int sequence, String aggregate) {
        return "insert into ceiling_domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,"
                + " payload_type, payload_revision, payload, meta_data, time_stamp) select " + aggregate + "::text, "
                + sequence
                + ", 'NotificationRequest', id::text, '" + name + "', '1', convert_to('" + "p".repeat(420)
                + "', 'UTF8'), convert_to('" + "m".repeat(90) + "', 'UTF8'), now()::text from batch";
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.executeUpdate();
        }
    }

    /** A second, through the same mail library, on as many kept connections as the service has. */
    static double mails(int port, Duration duration) throws Exception {
        // Else the library looks through the whole classpath for each part of each mail, which takes 70 % of the time.
        System.setProperty("jakarta.mail.util.StreamProvider", "org.eclipse.angus.mail.util.MailStreamProvider");
        return inParallel(LINES, () -> sendUntil(port, System.nanoTime() + duration.toNanos())) / seconds(duration);
    }

    private static long sendUntil(int port, long deadline) throws Exception {
        Session session = Session.getInstance(new Properties());
        long mails = 0;
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect("127.0.0.1", port, null, null);
            while (System.nanoTime() < deadline) {
                MimeMessage message = message(session);
                transport.sendMessage(message, message.getAllRecipients());
                mails++;
            }
        }
        return mails;
    }

    private static MimeMessage message(Session session) throws Exception {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress("no-reply@tidings.example"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("ada@example.org"));
        message.setSubject("Welcome");
        MimeBodyPart text = new MimeBodyPart();
        text.setText(TEXT, "UTF-8");
        MimeBodyPart html = new MimeBodyPart();
        html.setText(HTML, "UTF-8", "html");
        message.setContent(new MimeMultipart("alternative", text, html));
        message.saveChanges();
        return message;
    }

    /**
     * A second, with all confirms and acknowledgements: one message in, and for each two out, to an exchange without
     * queues.
     */
    static double messages(com.rabbitmq.client.Connection connection, Duration duration) throws Exception {
        try (Channel publisher = connection.createChannel()) {
            publisher.queueDeclare("ceiling", true, false, false, Map.of());
            publisher.exchangeDeclare("ceiling", "topic", true);
            publisher.confirmSelect();
            AtomicLong taken = new AtomicLong();
            for (int i = 0; i < CONSUMERS; i++) {
                announce(connection.createChannel(), connection.createChannel(), taken);
            }
            long deadline = System.nanoTime() + duration.toNanos();
            long published = 0;
            while (System.nanoTime() < deadline) {
                if (published - taken.get() > CONSUMERS * TAKEN_TOGETHER * 10) {
                    LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
                    continue;
                }
                for (int i = 0; i < CONSUMERS * TAKEN_TOGETHER; i++) {
                    publisher.basicPublish("", "ceiling", MessageProperties.PERSISTENT_BASIC, BODY);
                }
                publisher.waitForConfirmsOrDie(PATIENCE.toMillis());
                published += CONSUMERS * TAKEN_TOGETHER;
            }
            return taken.get() / seconds(duration);
        }
    }

    /** A second, with confirms: two messages out for each, to an exchange without queues. */
    static double announcements(com.rabbitmq.client.Connection connection, Duration duration) throws Exception {
        try (Channel declaring = connection.createChannel()) {
            declaring.exchangeDeclare("ceiling", "topic", true);
        }
        long deadline = System.nanoTime() + duration.toNanos();
        return inParallel(CONSUMERS, () -> announceUntil(connection, deadline)) / seconds(duration);
    }

    private static long announceUntil(com.rabbitmq.client.Connection connection, long deadline) throws Exception {
        long announced = 0;
        try (Channel out = connection.createChannel()) {
            out.confirmSelect();
            while (System.nanoTime() < deadline) {
                for (int i = 0; i < TAKEN_TOGETHER; i++) {
                    announceOne(out);
                }
                confirm(out);
                announced += TAKEN_TOGETHER;
            }
        }
        return announced;
    }

    private static void announceOne(Channel out) throws IOException {
        for (int i = 0; i < ANNOUNCEMENTS; i++) {
            out.basicPublish("ceiling", "notification.sent", MessageProperties.PERSISTENT_BASIC, BODY);
        }
    }

    private static void announce(Channel in, Channel out, AtomicLong taken) throws IOException {
        out.confirmSelect();
        in.basicQos(2 * TAKEN_TOGETHER);
        AtomicLong unconfirmed = new AtomicLong();
        DeliverCallback deliver = (_, delivery) -> {
            announceOne(out);
            if (unconfirmed.incrementAndGet() == TAKEN_TOGETHER) {
                confirm(out);
                in.basicAck(delivery.getEnvelope().getDeliveryTag(), true);
                taken.addAndGet(unconfirmed.getAndSet(0));
            }
        };
        in.basicConsume("ceiling", false, deliver, _ -> {});
    }

    private static void confirm(Channel channel) throws IOException {
        try {
            channel.waitForConfirmsOrDie(PATIENCE.toMillis());
        } catch (InterruptedException | TimeoutException e) {
            throw new IOException(e);
        }
    }

    /**
     * A second, answered by the server that Tidings uses, with nothing on top of it: it reads the body, and answers as
     * a commit of many does, all that have come together.
     */
    static double requests(int connections, Supplier<HttpLoad.Ask> asks, Duration duration) throws Exception {
        Queue<Sinks.Empty<Void>> unanswered = new ConcurrentLinkedQueue<>();
        try (ScheduledExecutorService commits = Executors.newSingleThreadScheduledExecutor()) {
            var _ = commits.scheduleWithFixedDelay(
                    () -> answer(unanswered), 0, COMMIT.toMillis(), TimeUnit.MILLISECONDS);
            return answered(
                    connections, asks, duration, _ -> together(unanswered).thenReturn(ANSWER));
        }
    }

    /**
     * Batches a second, in the same way, but that all that has to be done with one is done: into tables that are as large
     * as Tidings' own, where it matters.
     */
    static double batches(String jdbc, int connections, Supplier<HttpLoad.Ask> asks, Duration duration)
            throws Exception {
        try (StraightLine line = new StraightLine(jdbc)) {
            return answered(connections, asks, duration, line::answer);
        }
    }

    private static double answered(
            int connections, Supplier<HttpLoad.Ask> asks, Duration duration, Function<byte[], Mono<String>> answers)
            throws Exception {
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> request.receive()
                        .aggregate()
                        .asByteArray()
                        .flatMap(answers)
                        .flatMap(answer -> response.status(HttpStatus.ACCEPTED.value())
                                .header("Content-Type", "application/json")
                                .header("Content-Length", String.valueOf(answer.length()))
                                .sendString(Mono.just(answer))
                                .then()))
                .bindNow();
        try {
            HttpLoad.Result result = new HttpLoad("http://127.0.0.1:" + server.port(), connections)
                    .run(duration, HttpStatus.ACCEPTED.value(), asks);
            if (result.otherwise() > 0) {
                throw new IllegalStateException(result.otherwise() + " were answered otherwise");
            }
            return result.perSecond();
        } finally {
            server.disposeNow();
        }
    }

    private static Mono<Void> together(Queue<Sinks.Empty<Void>> unanswered) {
        return Mono.defer(() -> {
            Sinks.Empty<Void> answered = Sinks.empty();
            unanswered.add(answered);
            return answered.asMono();
        });
    }

    private static void answer(Queue<Sinks.Empty<Void>> unanswered) {
        for (Sinks.Empty<Void> next = unanswered.poll(); next != null; next = unanswered.poll()) {
            next.tryEmitEmpty();
        }
    }

    private static double inParallel(int threads, Callable<Long> work) throws InterruptedException, ExecutionException {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> parts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                parts.add(executor.submit(work));
            }
            long sum = 0;
            for (Future<Long> part : parts) {
                sum += part.get();
            }
            return sum;
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
