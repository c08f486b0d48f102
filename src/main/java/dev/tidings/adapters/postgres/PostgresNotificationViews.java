package dev.tidings.adapters.postgres;

import static java.util.stream.Collectors.joining;

import dev.tidings.adapters.Batch;
import dev.tidings.application.notification.NotificationView;
import dev.tidings.application.notification.NotificationViews;
import dev.tidings.domain.notification.Particulars;
import dev.tidings.domain.notification.TemplateRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresNotificationViews implements NotificationViews {

    static final String TABLE = "notification_view";

    /** Some 350 KB: what is much larger lies beside the garbage collector's regions, in whole ones of its own. */
    private static final int AT_ONCE = 1_000;

    /** @param changes whether it is another one after another event */
    private record Column(
            String name, String type, boolean changes, Function<Projected, ? extends @Nullable Object> value) {}

    private static final Column ID = new Column("notification_id", "uuid", false, PostgresNotificationViews::id);
    private static final Column SEQUENCE = new Column("sequence", "int8", true, Projected::sequence);

    private static final List<Column> COLUMNS = List.of(
            ID,
            SEQUENCE,
            given("service_id", "text", Particulars::serviceId),
            given("user_id", "text", Particulars::userId),
            given("type", "text", Particulars::type),
            given("channel", "text", particulars -> lower(particulars.channel())),
            given("lane", "int2", particulars -> Lanes.number(particulars.lane())),
            given("template", "text", template(TemplateRef::name)),
            given("template_version", "text", template(TemplateRef::version)),
            new Column(
                    "correlation_id",
                    "text",
                    false,
                    projected -> projected.context().correlationId()),
            new Column(
                    "traceparent",
                    "text",
                    false,
                    projected -> projected.context().traceparent()),
            viewed("status", "text", view -> lower(view.status())),
            viewed("reason", "text", NotificationView::reason),
            viewed("attempts", "int4", NotificationView::attempts),
            viewed("provider", "text", NotificationView::provider),
            given("requested_at", "timestamptz", Particulars::requestedAt),
            viewed("due_at", "timestamptz", NotificationView::dueAt),
            viewed("updated_at", "timestamptz", NotificationView::updatedAt),
            viewed("doubtful", "int4", NotificationView::doubtful),
            given("expires_at", "timestamptz", Particulars::expiresAt));

    private static final List<Column> CHANGING =
            COLUMNS.stream().filter(Column::changes).toList();
    private static final List<Column> FOLLOWED =
            Stream.concat(Stream.of(ID), CHANGING.stream()).toList();

    private final LikelyNew likelyNew = new LikelyNew();
    private final JdbcTemplate jdbc;
    private final String table;
    private final String put;
    private final String follow;

    PostgresNotificationViews(JdbcTemplate jdbc) {
        this(jdbc, TABLE);
    }

    PostgresNotificationViews(JdbcTemplate jdbc, String table) {
        this.jdbc = jdbc;
        this.table = table;
        this.put = """
                insert into %s as known (%s)
                select * from unnest(%s)
                on conflict (notification_id) do update
                set %s
                where known.sequence < excluded.sequence""".formatted(table, names(COLUMNS), each(COLUMNS, _ -> "?"), assignments("excluded"));
        this.follow = """
                update %s as known
                set %s
                from unnest(%s) as row (%s)
                where known.notification_id = row.notification_id and known.sequence < row.sequence
                returning known.notification_id""".formatted(table, assignments("row"), each(FOLLOWED, _ -> "?"), names(FOLLOWED));
    }

    private static String names(List<Column> columns) {
        return each(columns, Column::name);
    }

    private static String assignments(String source) {
        return each(CHANGING, column -> column.name + " = " + source + "." + column.name);
    }

    private static String each(List<Column> columns, Function<Column, String> text) {
        return columns.stream().map(text).collect(joining(", "));
    }

    /** In the order of their ids: the indexes grow at their ends. */
    @Override
    public void put(List<Projected> views) {
        List<Projected> ascending = views.stream()
                .sorted(Comparator.comparing(projected -> projected.view().notificationId()))
                .toList();
        for (int from = 0; from < ascending.size(); from += AT_ONCE) {
            putAtOnce(ascending.subList(from, Math.min(from + AT_ONCE, ascending.size())));
        }
    }

    /**
     * What is new is copied in and what is there already only changed, which costs the database half as much as to find
     * out by inserting.
     */
    private void putAtOnce(List<Projected> views) {
        List<Projected> fresh = views.stream().filter(Projected::isNew).toList();
        List<Projected> others = new ArrayList<>(
                views.stream().filter(Predicate.not(Projected::isNew)).toList());
        Set<UUID> followed = follow(others);
        others.removeIf(projected -> followed.contains(id(projected)));
        if (!likelyNew.inserted(batch(fresh, COLUMNS), table, jdbc)) {
            others.addAll(fresh);
        }
        batch(others, COLUMNS).update(jdbc, put);
    }

    private Set<UUID> follow(List<Projected> views) {
        return views.isEmpty()
                ? Set.of()
                : new HashSet<>(
                        jdbc.query(batch(views, FOLLOWED).statement(follow), (row, _) -> row.getObject(1, UUID.class)));
    }

    private static Batch<Projected> batch(List<Projected> views, List<Column> columns) {
        Batch<Projected> batch = Batch.of(views);
        columns.forEach(column -> batch.with(column.name, column.type, column.value));
        return batch;
    }

    private static UUID id(Projected projected) {
        return projected.view().notificationId().value();
    }

    private static Column given(String name, String type, Function<Particulars, ? extends @Nullable Object> value) {
        return new Column(
                name, type, false, projected -> value.apply(projected.view().particulars()));
    }

    private static Column viewed(
            String name, String type, Function<NotificationView, ? extends @Nullable Object> value) {
        return new Column(name, type, true, projected -> value.apply(projected.view()));
    }

    private static Function<Particulars, @Nullable Object> template(Function<TemplateRef, String> part) {
        return particulars -> {
            TemplateRef template = particulars.template();
            return template == null ? null : part.apply(template);
        };
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
