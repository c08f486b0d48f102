package dev.tidings.bench;

import dev.tidings.adapters.Batch;
import dev.tidings.adapters.postgres.PackedMail;
import dev.tidings.application.notification.Message;
import dev.tidings.domain.notification.NotificationId;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import java.io.IOException;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.json.JsonMapper;

/**
 * The least that a service can do with a batch of mails for tomorrow, if it is to keep the same rows and answer after the
 * commit: reads it, renders and packs the mails, asks for what each person has chosen and each suppressed address, writes
 * each one's event as JSON, and copies all rows in as Tidings does, two batches in a commit; once a second it reads the
 * events again, as some node has to that didn't write them, and copies the views in. Decides, traces and counts nothing,
 * and nothing is ever wrong.
 */
final class StraightLine implements AutoCloseable {

    private static final int TAKEN_TOGETHER = 2;
    private static final int COMMITTERS = 2;
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final JsonMapper JSON = new JsonMapper();
    private static final int READ_TOGETHER = 1_000;

    private static final String CHOSEN = """
            select aggregate_identifier, payload_type, payload
            from ceiling_domain_event_entry
            where aggregate_identifier = any (?)
            order by aggregate_identifier, sequence_number""";

    private static final String SUPPRESSED = """
            select suppression.*
            from unnest(?) as row (address)
            cross join lateral (
                select * from suppression
                where suppression.channel = 'email' and suppression.address = row.address
                limit 1) as suppression""";

    private static final String LAST = "select coalesce(max(global_index), 0) from ceiling_domain_event_entry";

    private static final String LOGGED = """
            select global_index, event_identifier, sequence_number, payload_type, payload_revision, payload, meta_data, time_stamp
            from ceiling_domain_event_entry
            where global_index > ? and global_index <= ?
            order by global_index
            limit ?""";

    private final String jdbc;
    private final List<Template> parts = new ArrayList<>();
    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> workers = new ArrayList<>();
    private volatile boolean closed;

    private record Asked(List<Mail> mails, Sinks.One<String> answer) {}

    @SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
    private record Mail(
            UUID id,
            String person,
            String address,
            String subject,
            byte[] packed,
            byte[] event,
            byte[] metadata,
            Instant now) {}

    private record Logged(long index, Map<?, ?> event, Map<?, ?> metadata) {

        private Map<?, ?> particulars() {
            return (Map<?, ?>) Objects.requireNonNull(event.get("particulars"));
        }

        private UUID id() {
            return UUID.fromString(String.valueOf(event.get("notificationId")));
        }
    }

    StraightLine(String jdbc) throws IOException {
        this.jdbc = jdbc;
        Configuration library = new Configuration(Configuration.VERSION_2_3_35);
        library.setClassForTemplateLoading(StraightLine.class, "/templates");
        for (String part : List.of("subject.ftl", "text.ftl", "html.ftlh")) {
            parts.add(library.getTemplate("password_reset/" + part));
        }
        for (int i = 0; i < COMMITTERS; i++) {
            workers.add(threads.submit(() -> onOneConnection(this::commitNext)));
        }
        workers.add(threads.submit(() -> onOneConnection(new Viewing())));
    }

    /** What is answered once the mails of this body are committed. */
    Mono<String> answer(byte[] body) {
        return Mono.fromCallable(() -> new Asked(mails(body), Sinks.one()))
                .doOnNext(asked::add)
                .flatMap(each -> each.answer.asMono());
    }

    private List<Mail> mails(byte[] body) throws IOException, TemplateException {
        Map<?, ?> batch = JSON.readValue(body, Map.class);
        List<Mail> mails = new ArrayList<>();
        try (PackedMail.Packer packer = new PackedMail.Packer()) {
            for (Object notification : (List<?>) Objects.requireNonNull(batch.get("notifications"))) {
                mails.add(mail((Map<?, ?>) notification, mails.size(), packer));
            }
        }
        return mails;
    }

    private Mail mail(Map<?, ?> notification, int order, PackedMail.Packer packer)
            throws IOException, TemplateException {
        List<String> texts = new ArrayList<>();
        for (Template part : parts) {
            StringWriter text = new StringWriter();
            part.process(notification.get("template_vars"), text);
            texts.add(text.toString());
        }
        Instant now = Instant.now();
        UUID id = NotificationId.at(
                        now.toEpochMilli(), order, ThreadLocalRandom.current().nextLong())
                .value();
        String person = String.valueOf(notification.get("userid"));
        Map<String, ?> event = Map.of(
                "notificationId",
                id,
                "particulars",
                Map.of(
                        "serviceId", "bench",
                        "userId", person,
                        "type", "password_reset",
                        "channel", "EMAIL",
                        "lane", "INSTANT",
                        "template", Map.of("name", "password_reset", "version", "cbf4a1d5d4e8"),
                        "requestedAt", now),
                "findings",
                "x".repeat(265),
                "sendAt",
                now.plus(A_DAY));
        return new Mail(
                id,
                person,
                String.valueOf(notification.get("recipient_email")),
                texts.getFirst(),
                Objects.requireNonNull(packer.packed(new Message(texts.get(0), texts.get(1), texts.get(2)))),
                JSON.writeValueAsBytes(event),
                JSON.writeValueAsBytes(Map.of("serviceId", "bench", "correlationId", id, "traceparent", trace(id))),
                now);
    }

    private interface Work {
        void on(Connection connection, JdbcTemplate template) throws SQLException, InterruptedException;
    }

    private void onOneConnection(Work work) {
        try (Connection connection = DriverManager.getConnection(jdbc, "postgres", "")) {
            connection.setAutoCommit(false);
            JdbcTemplate template = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            while (!closed) {
                work.on(connection, template);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void commitNext(Connection connection, JdbcTemplate template) throws SQLException, InterruptedException {
        Asked first = asked.poll(100, TimeUnit.MILLISECONDS);
        if (first == null) {
            return;
        }
        List<Asked> together = new ArrayList<>(List.of(first));
        asked.drainTo(together, TAKEN_TOGETHER - 1);
        List<Mail> mails = new ArrayList<>();
        together.forEach(each -> mails.addAll(each.mails));
        ask(CHOSEN, mails.stream().map(Mail::person), template);
        ask(SUPPRESSED, mails.stream().map(Mail::address), template);
        copy(mails, template);
        connection.commit();
        together.forEach(each -> each.answer.tryEmitValue(answer(each.mails)));
    }

    private static String answer(List<Mail> mails) {
        StringBuilder answer = new StringBuilder();
        mails.forEach(mail ->
                answer.append("{\"notification_id\": \"").append(mail.id).append("\", \"status\": \"scheduled\"}\n"));
        return answer.toString();
    }

    private static void ask(String sql, Stream<String> about, JdbcTemplate template) {
        if (!template.queryForList(sql, (Object) about.toArray(String[]::new)).isEmpty()) {
            throw new IllegalStateException("nobody has chosen anything, and nobody is suppressed");
        }
    }

    private static void copy(List<Mail> mails, JdbcTemplate template) {
        Batch.of(mails)
                .with("fingerprint", "uuid", _ -> UUID.randomUUID())
                .with("notification_id", "uuid", Mail::id)
                .with("until", "timestamptz", Mail::now)
                .insertInto("ceiling_recent_message", template);
        Batch.of(mails)
                .with("notification_id", "uuid", Mail::id)
                .with("service_id", "text", _ -> "bench")
                .with("type", "text", _ -> "password_reset")
                .with("channel", "text", _ -> "email")
                .with("recipient", "text", Mail::address)
                .with("subject", "text", Mail::subject)
                .with("packed", "bytea", Mail::packed)
                .insertInto("ceiling_notification_content", template);
        Batch.of(mails)
                .with("notification_id", "uuid", Mail::id)
                .with("service_id", "text", _ -> "bench")
                .with("correlation_id", "text", Mail::id)
                .with("traceparent", "text", mail -> trace(mail.id))
                .with("channel", "text", _ -> "email")
                .with("lane", "int2", _ -> 0)
                .with("due_at", "timestamptz", mail -> mail.now.plus(A_DAY))
                .insertInto("ceiling_delivery_queue", template);
        Batch.of(mails)
                .with("aggregate_identifier", "text", Mail::id)
                .with("sequence_number", "int8", _ -> 0)
                .with("type", "text", _ -> "NotificationRequest")
                .with("event_identifier", "text", _ -> UUID.randomUUID())
                .with("payload_type", "text", _ -> "notification.requested")
                .with("payload_revision", "text", _ -> "1")
                .with("payload", "bytea", Mail::event)
                .with("meta_data", "bytea", Mail::metadata)
                .with("time_stamp", "text", Mail::now)
                .insertInto("ceiling_domain_event_entry", template);
    }

    /** What was there a second ago has no gaps any more. */
    private static final class Viewing implements Work {

        private @Nullable Long seen;
        private long viewed;

        @Override
        public void on(Connection connection, JdbcTemplate template) throws SQLException, InterruptedException {
            long last = Objects.requireNonNull(template.queryForObject(LAST, Long.class));
            if (seen == null) {
                viewed = last;
            } else {
                viewUpTo(seen, connection, template);
            }
            connection.commit();
            seen = last;
            TimeUnit.SECONDS.sleep(1);
        }

        private void viewUpTo(long end, Connection connection, JdbcTemplate template) throws SQLException {
            List<Logged> events;
            do {
                events = template.query(LOGGED, (row, _) -> logged(row), viewed, end, READ_TOGETHER);
                copy(events, template);
                connection.commit();
                viewed = events.isEmpty() ? viewed : events.getLast().index;
            } while (events.size() == READ_TOGETHER);
        }

        private static Logged logged(ResultSet row) throws SQLException {
            return new Logged(
                    row.getLong("global_index"),
                    JSON.readValue(row.getBytes("payload"), Map.class),
                    JSON.readValue(row.getBytes("meta_data"), Map.class));
        }

        private static void copy(List<Logged> events, JdbcTemplate template) {
            Batch.of(events.stream()
                            .sorted(Comparator.comparing(event -> new NotificationId(event.id())))
                            .toList())
                    .with("notification_id", "uuid", Logged::id)
                    .with("sequence", "int8", _ -> 0)
                    .with("service_id", "text", particular("serviceId"))
                    .with("user_id", "text", particular("userId"))
                    .with("type", "text", particular("type"))
                    .with("channel", "text", _ -> "email")
                    .with("lane", "int2", _ -> 0)
                    .with("template", "text", _ -> "password_reset")
                    .with("template_version", "text", _ -> "cbf4a1d5d4e8")
                    .with("correlation_id", "text", event -> event.metadata.get("correlationId"))
                    .with("traceparent", "text", event -> event.metadata.get("traceparent"))
                    .with("status", "text", _ -> "scheduled")
                    .with("attempts", "int4", _ -> 0)
                    .with(
                            "requested_at",
                            "timestamptz",
                            event -> time(event.particulars().get("requestedAt")))
                    .with("due_at", "timestamptz", event -> time(event.event.get("sendAt")))
                    .with(
                            "updated_at",
                            "timestamptz",
                            event -> time(event.particulars().get("requestedAt")))
                    .insertInto("ceiling_notification_view", template);
        }

        private static Function<Logged, @Nullable Object> particular(String name) {
            return event -> event.particulars().get(name);
        }

        private static Instant time(@Nullable Object text) {
            return Instant.parse(String.valueOf(text));
        }
    }

    private static String trace(UUID id) {
        return "00-" + id + "-0123456789abcde-00";
    }

    /**
     * What isn't viewed by then isn't waited for: the rate is rather too high.
     *
     * @throws IllegalStateException when something went wrong
     */
    @Override
    public void close() {
        closed = true;
        threads.close();
        for (Future<?> worker : workers) {
            if (worker.state() == Future.State.FAILED) {
                throw new IllegalStateException(worker.exceptionNow());
            }
        }
    }
}
