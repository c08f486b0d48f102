package dev.tidings.adapters.postgres;

import dev.tidings.application.notification.NotificationReads.Query;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/** Asks for what was asked for only, so that for each question there is a plan, and an index, of its own. */
final class ListStatement {

    /** Those whose rows are few and looked for among all: they have an index. */
    private static final Set<NotificationStatus> TO_DO = EnumSet.of(
            NotificationStatus.SCHEDULED,
            NotificationStatus.RETRYING,
            NotificationStatus.HELD,
            NotificationStatus.FAILED);

    private final StringJoiner conditions = new StringJoiner(" and ", " where ", "").setEmptyValue("");
    private final Map<String, Object> values = new LinkedHashMap<>();

    private ListStatement() {}

    static ListStatement of(Query query) {
        ListStatement statement = new ListStatement();
        statement.add("hashtext(user_id) = hashtext(:user) and user_id = :user", "user", text(query.userId()));
        statement.add("view.service_id = :service", "service", text(query.serviceId()));
        statement.add("type = :type", "type", text(query.type()));
        statement.withStatus(query.status());
        statement.add("template = :template", "template", query.template());
        statement.add("provider = :provider", "provider", text(query.provider()));
        statement.between(query.from(), query.to());
        NotificationId before = query.before();
        statement.add("notification_id < :before", "before", before == null ? null : before.value());
        if (query.outcomeUnknown()) {
            statement.conditions.add("doubtful > 0");
        }
        statement.values.put("limit", query.limit() + 1);
        return statement;
    }

    /** An id begins with its millisecond, and so bounds the time, too: that one is in every index. */
    private void between(@Nullable Instant from, @Nullable Instant to) {
        if (from != null) {
            add("requested_at >= :from", "from", from.atOffset(ZoneOffset.UTC));
            add(
                    "notification_id >= :first",
                    "first",
                    NotificationId.at(from.toEpochMilli(), 0, 0).value());
        }
        if (to != null) {
            add("requested_at < :to", "to", to.atOffset(ZoneOffset.UTC));
            add(
                    "notification_id < :end",
                    "end",
                    NotificationId.at(to.toEpochMilli() + 1, 0, 0).value());
        }
    }

    private void withStatus(@Nullable NotificationStatus status) {
        if (status != null) {
            add(TO_DO.contains(status) ? "to_do = :status" : "status = :status", "status", lower(status));
        }
    }

    private void add(String condition, String name, @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            values.put(name, value);
        }
    }

    GenericExecuteSpec bind(DatabaseClient client) {
        GenericExecuteSpec spec = client.sql("""
                select view.*, content.recipient, content.subject
                from notification_view as view
                left join notification_content as content using (notification_id)
                """ + conditions + " order by notification_id desc limit :limit");
        for (Map.Entry<String, Object> value : values.entrySet()) {
            spec = spec.bind(value.getKey(), value.getValue());
        }
        return spec;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
