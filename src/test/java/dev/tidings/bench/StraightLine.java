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
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.json.JsonMapper;

/**
 * The least that a service can do with a batch of mails for tomorrow, if it is to keep the same rows and answer after the
 * commit: reads it, renders and packs the mails, writes each one's event as JSON, and copies all rows in as Tidings does, two
 * batches in a commit, the views once a second. Checks, decides, traces, counts and follows nothing.
 */
final class StraightLine implements AutoCloseable {

    private static final int TAKEN_TOGETHER = 2;
    private static final int COMMITTERS = 2;
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final JsonMapper JSON = new JsonMapper();

    private final String jdbc;
    private final List<Template> parts = new ArrayList<>();
    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private final BlockingQueue<List<Mail>> committed = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
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

    StraightLine(String jdbc) throws IOException {
        this.jdbc = jdbc;
        Configuration library = new Configuration(Configuration.VERSION_2_3_35);
        library.setClassForTemplateLoading(StraightLine.class, "/templates");
        for (String part : List.of("subject.ftl", "text.ftl", "html.ftlh")) {
            parts.add(library.getTemplate("password_reset/" + part));
        }
        for (int i = 0; i < COMMITTERS; i++) {
            threads.execute(() -> onOneConnection(this::commitNext));
        }
        threads.execute(() -> onOneConnection(this::view));
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
                mails.add(mail((Map<?, ?>) notification, packer));
            }
        }
        return mails;
    }

    private Mail mail(Map<?, ?> notification, PackedMail.Packer packer) throws IOException, TemplateException {
        List<String> texts = new ArrayList<>();
        for (Template part : parts) {
            StringWriter text = new StringWriter();
            part.process(notification.get("template_vars"), text);
            texts.add(text.toString());
        }
        Instant now = Instant.now();
        ThreadLocalRandom random = ThreadLocalRandom.current();
        UUID id = NotificationId.at(now.toEpochMilli(), random.nextLong(), random.nextLong())
                .value();
        String person = String.valueOf(notification.get("userid"));
        Map<String, ?> event = Map.of(
                "notificationId",
                id,
                "particulars",
                Map.of("serviceId", "bench", "userId", person, "type", "password_reset", "channel", "EMAIL"),
                "findings",
                "x".repeat(330),
                "sendAt",
                now.plus(A_DAY).toString());
        return new Mail(
                id,
                person,
                String.valueOf(notification.get("recipient_email")),
                texts.getFirst(),
                Objects.requireNonNull(packer.packed(new Message(texts.get(0), texts.get(1), texts.get(2)))),
                JSON.writeValueAsBytes(event),
                JSON.writeValueAsBytes(
                        Map.of("serviceId", "bench", "correlationId", id, "traceparent", "x".repeat(80))),
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
        copy(mails, template);
        connection.commit();
        committed.add(mails);
        together.forEach(each -> each.answer.tryEmitValue(answer(each.mails)));
    }

    private static String answer(List<Mail> mails) {
        StringBuilder answer = new StringBuilder();
        mails.forEach(mail ->
                answer.append("{\"notification_id\": \"").append(mail.id).append("\", \"status\": \"scheduled\"}\n"));
        return answer.toString();
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
                .with("traceparent", "text", StraightLine::trace)
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

    private void view(Connection connection, JdbcTemplate template) throws SQLException, InterruptedException {
        TimeUnit.SECONDS.sleep(1);
        List<List<Mail>> groups = new ArrayList<>();
        committed.drainTo(groups);
        List<Mail> mails = groups.stream().flatMap(List::stream).toList();
        Batch.of(mails)
                .with("notification_id", "uuid", Mail::id)
                .with("sequence", "int8", _ -> 0)
                .with("service_id", "text", _ -> "bench")
                .with("user_id", "text", Mail::person)
                .with("type", "text", _ -> "password_reset")
                .with("channel", "text", _ -> "email")
                .with("lane", "int2", _ -> 0)
                .with("template", "text", _ -> "password_reset")
                .with("template_version", "text", _ -> "cbf4a1d5d4e8")
                .with("correlation_id", "text", Mail::id)
                .with("traceparent", "text", StraightLine::trace)
                .with("status", "text", _ -> "scheduled")
                .with("attempts", "int4", _ -> 0)
                .with("requested_at", "timestamptz", Mail::now)
                .with("due_at", "timestamptz", mail -> mail.now.plus(A_DAY))
                .with("updated_at", "timestamptz", Mail::now)
                .insertInto("ceiling_notification_view", template);
        connection.commit();
    }

    private static String trace(Mail mail) {
        return "00-" + mail.id + "-0123456789abcde-00";
    }

    @Override
    public void close() {
        closed = true;
        threads.close();
    }
}
