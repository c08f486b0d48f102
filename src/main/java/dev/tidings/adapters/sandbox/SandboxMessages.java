package dev.tidings.adapters.sandbox;

import dev.tidings.application.caught.Caught;
import dev.tidings.application.caught.CaughtMessages;
import dev.tidings.application.caught.Opened;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.application.notification.Message;
import dev.tidings.application.reports.ProviderNews.DeliveryReport;
import dev.tidings.application.reports.ProviderNews.Sent;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.notification.ReportedStage;
import dev.tidings.domain.recipient.Channel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** In PostgreSQL, so that every node shows, and reports, what any has taken. Keeps the newest. */
final class SandboxMessages implements CaughtMessages {

    static final int KEPT = 1_000;

    /** Room is made for so many at a time. */
    private static final int SURPLUS = 50;

    private static final int LONGEST_BEGINNING = 80;
    private static final String ID_PREFIX = "sandbox-";
    private static final Pattern ID = Pattern.compile(ID_PREFIX + "(\\d{1,18})");

    private static final String KEEP = """
            insert into sandbox_message (at, channel, recipient, subject, text, html, data, notification_id, attempt,
                                         report, report_due)
            values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)
            returning id""";

    private static final String FORGET = """
            delete from sandbox_message
            where report_due is null
              and id <= (select id from sandbox_message order by id desc offset ? limit 1)""";

    private static final String LIST = """
            select id, at, channel, recipient, subject, left(text, ?) as text,
                   octet_length(subject) + octet_length(text) + coalesce(octet_length(html), 0) as size
            from sandbox_message
            order by id desc
            limit ?""";

    private static final String OPEN = """
            select *, octet_length(subject) + octet_length(text) + coalesce(octet_length(html), 0) as size
            from sandbox_message
            where id = ?""";

    /** Who dies with them in hand leaves them to others after a while. */
    private static final String TAKE_DUE = """
            update sandbox_message
            set report_due = ?
            where id in (select id from sandbox_message
                         where report_due <= ?
                         order by report_due
                         limit ?
                         for update skip locked)
            returning id, channel, notification_id, attempt, report""";

    private static final String REPORTED = "update sandbox_message set report_due = null where id = any (?)";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, String>> DATA = new TypeReference<>() {};

    private final JdbcTemplate jdbc;

    SandboxMessages(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    static ProviderName providerOf(Channel channel) {
        return new ProviderName("sandbox-" + channel.name().toLowerCase(Locale.ROOT));
    }

    /** What is to be said of a message, and when. */
    record Report(ReportedStage stage, Instant due) {}

    record DueReport(long id, Channel channel, NotificationId notificationId, int attempt, ReportedStage stage) {

        DeliveryReport at(Instant now) {
            return new DeliveryReport(
                    ID_PREFIX + id,
                    new Sent(notificationId, attempt),
                    stage,
                    stage == ReportedStage.BOUNCED ? new Failure("bounced", "simulated: this recipient bounces") : null,
                    null,
                    now);
        }
    }

    /** Yields its id. */
    String keep(Channel channel, OutgoingMessage outgoing, @Nullable Report report, Instant now) {
        Message message = outgoing.message();
        Long id = Objects.requireNonNull(jdbc.queryForObject(
                KEEP,
                Long.class,
                utc(now),
                channel.name(),
                outgoing.recipient().value(),
                message.subject(),
                message.text(),
                message.html(),
                JSON.writeValueAsString(message.extras().data()),
                outgoing.notificationId().value(),
                outgoing.attempt(),
                report == null ? null : report.stage().name(),
                report == null ? null : utc(report.due())));
        if (id % SURPLUS == 0) {
            jdbc.update(FORGET, KEPT);
        }
        return ID_PREFIX + id;
    }

    @Override
    public List<Caught> newest(int limit) {
        return jdbc.query(LIST, (row, _) -> caught(row), LONGEST_BEGINNING, Math.min(limit, KEPT));
    }

    @Override
    public Optional<Opened> find(String id) {
        Matcher number = ID.matcher(id);
        return number.matches()
                ? jdbc.query(OPEN, (row, _) -> opened(row), Long.parseLong(number.group(1))).stream()
                        .findFirst()
                : Optional.empty();
    }

    /** But for those of which something is still to be said. */
    @Override
    public void empty() {
        jdbc.update("delete from sandbox_message where report_due is null");
    }

    /** Nobody else gets these within the lease, and nobody at all once they are {@linkplain #reported reported}. */
    List<DueReport> takeDue(Instant now, Duration lease, int limit) {
        return jdbc.query(
                TAKE_DUE,
                (row, _) -> new DueReport(
                        row.getLong("id"),
                        Channel.valueOf(row.getString("channel")),
                        new NotificationId(row.getObject("notification_id", UUID.class)),
                        row.getInt("attempt"),
                        ReportedStage.valueOf(row.getString("report"))),
                utc(now.plus(lease)),
                utc(now),
                limit);
    }

    void reported(List<DueReport> reports) {
        Long[] ids = reports.stream().map(DueReport::id).toArray(Long[]::new);
        jdbc.update(REPORTED, (Object) ids);
    }

    private static Opened opened(ResultSet row) throws SQLException {
        return new Opened(
                caught(row),
                new NotificationId(row.getObject("notification_id", UUID.class)),
                List.of(),
                row.getString("text"),
                row.getString("html"),
                JSON.readValue(row.getString("data"), DATA),
                List.of());
    }

    private static Caught caught(ResultSet row) throws SQLException {
        Channel channel = Channel.valueOf(row.getString("channel"));
        return new Caught(
                ID_PREFIX + row.getLong("id"),
                channel,
                row.getObject("at", OffsetDateTime.class).toInstant(),
                providerOf(channel).value(),
                List.of(row.getString("recipient")),
                title(row.getString("subject"), row.getString("text")),
                row.getLong("size"));
    }

    private static String title(String subject, String text) {
        if (!subject.isBlank()) {
            return subject;
        }
        String line = text.strip().lines().findFirst().orElse("");
        return line.length() < LONGEST_BEGINNING ? line : line.substring(0, LONGEST_BEGINNING - 1) + "…";
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
