package dev.tidings.adapters.postgres;

import dev.tidings.application.notification.NotificationViews;
import dev.tidings.domain.notification.TemplateRef;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresNotificationViews implements NotificationViews {

    static final String TABLE = "notification_view";

    private static final String PUT = """
             as known (notification_id, sequence, service_id, user_id, type, channel, lane,
                template, template_version, correlation_id, traceparent, status, reason, attempts, provider,
                requested_at, due_at, updated_at, doubtful, expires_at)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (notification_id) do update
            set sequence = excluded.sequence, status = excluded.status, reason = excluded.reason,
                attempts = excluded.attempts, provider = excluded.provider, due_at = excluded.due_at,
                updated_at = excluded.updated_at, doubtful = excluded.doubtful
            where known.sequence < excluded.sequence""";

    private static final String FOLLOW = """
             as known
            set sequence = row.sequence, status = row.status, reason = row.reason, attempts = row.attempts,
                provider = row.provider, due_at = row.due_at, updated_at = row.updated_at, doubtful = row.doubtful
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
                as row (notification_id, sequence, status, reason, attempts, provider, due_at, updated_at, doubtful)
            where known.notification_id = row.notification_id and known.sequence < row.sequence
            returning known.notification_id""";

    private final JdbcTemplate jdbc;
    private final String put;
    private final String follow;

    PostgresNotificationViews(JdbcTemplate jdbc) {
        this(jdbc, TABLE);
    }

    PostgresNotificationViews(JdbcTemplate jdbc, String table) {
        this.jdbc = jdbc;
        this.put = "insert into " + table + PUT;
        this.follow = "update " + table + FOLLOW;
    }

    /** What is there already is only changed, which costs the database half as much as to find that out by inserting. */
    @Override
    public void put(List<Projected> views) {
        Set<UUID> followed = follow(
                views.stream().filter(projected -> projected.sequence() > 0).toList());
        insert(views.stream()
                .filter(projected -> !followed.contains(id(projected)))
                .toList());
    }

    private Set<UUID> follow(List<Projected> views) {
        return views.isEmpty()
                ? Set.of()
                : new HashSet<>(jdbc.query(
                        Batch.of(views)
                                .with("uuid", PostgresNotificationViews::id)
                                .with("int8", Projected::sequence)
                                .with(
                                        "text",
                                        projected -> lower(projected.view().status()))
                                .with("text", projected -> projected.view().reason())
                                .with("int4", projected -> projected.view().attempts())
                                .with("text", projected -> projected.view().provider())
                                .with(
                                        "timestamptz",
                                        projected -> projected.view().dueAt())
                                .with(
                                        "timestamptz",
                                        projected -> projected.view().updatedAt())
                                .with("int4", projected -> projected.view().doubtful())
                                .statement(follow),
                        (row, _) -> row.getObject(1, UUID.class)));
    }

    private static UUID id(Projected projected) {
        return projected.view().notificationId().value();
    }

    private void insert(List<Projected> views) {
        Batch.of(views)
                .with("uuid", projected -> projected.view().notificationId())
                .with("int8", Projected::sequence)
                .with("text", projected -> projected.view().particulars().serviceId())
                .with("text", projected -> projected.view().particulars().userId())
                .with("text", projected -> projected.view().particulars().type())
                .with("text", projected -> lower(projected.view().particulars().channel()))
                .with(
                        "int2",
                        projected -> Lanes.number(projected.view().particulars().lane()))
                .with("text", template(TemplateRef::name))
                .with("text", template(TemplateRef::version))
                .with("text", projected -> projected.context().correlationId())
                .with("text", projected -> projected.context().traceparent())
                .with("text", projected -> lower(projected.view().status()))
                .with("text", projected -> projected.view().reason())
                .with("int4", projected -> projected.view().attempts())
                .with("text", projected -> projected.view().provider())
                .with("timestamptz", projected -> projected.view().particulars().requestedAt())
                .with("timestamptz", projected -> projected.view().dueAt())
                .with("timestamptz", projected -> projected.view().updatedAt())
                .with("int4", projected -> projected.view().doubtful())
                .with("timestamptz", projected -> projected.view().particulars().expiresAt())
                .update(jdbc, put);
    }

    private static Function<Projected, @Nullable Object> template(Function<TemplateRef, String> part) {
        return projected -> {
            TemplateRef template = projected.view().particulars().template();
            return template == null ? null : part.apply(template);
        };
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
