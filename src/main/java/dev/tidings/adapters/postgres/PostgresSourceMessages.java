package dev.tidings.adapters.postgres;

import dev.tidings.application.acceptance.SourceMessages;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.notification.NotificationId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresSourceMessages implements SourceMessages {

    private static final String CLAIM = """
            insert into source_message (service_id, message_id, notification_id, received_at)
            select service_id, message_id, notification_id, now()
            from unnest(?, ?, ?) as row (service_id, message_id, notification_id)
            on conflict do nothing""";

    private static final String FIND = """
            select service_id, message_id, source_message.notification_id
            from source_message
            join unnest(?, ?, ?) as row (service_id, message_id, notification_id) using (service_id, message_id)
            where source_message.notification_id <> row.notification_id""";

    /** Everybody claims in this order, so that two who claim the same messages wait for each other only one way. */
    private static final Comparator<Claim> IN_ORDER = Comparator.comparing(
                    (Claim claim) -> claim.message().serviceId().value())
            .thenComparing(claim -> claim.message().messageId());

    private final JdbcTemplate jdbc;

    PostgresSourceMessages(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<SourceMessage, NotificationId> claim(List<Claim> claims) {
        Batch<Claim> batch = Batch.of(claims.stream().sorted(IN_ORDER).toList())
                .with("text", claim -> claim.message().serviceId())
                .with("text", claim -> claim.message().messageId())
                .with("uuid", Claim::notificationId);
        if (batch.update(jdbc, CLAIM) == claims.size()) {
            return Map.of();
        }
        Map<SourceMessage, NotificationId> owners = new HashMap<>();
        jdbc.query(batch.statement(FIND), row -> {
            owners.put(
                    new SourceMessage(new ServiceId(row.getString(1)), row.getString(2)),
                    new NotificationId(row.getObject(3, UUID.class)));
        });
        return owners;
    }
}
