package dev.tidings.adapters.postgres;

import dev.tidings.adapters.Batch;
import dev.tidings.application.acceptance.Fingerprint;
import dev.tidings.application.acceptance.SourceMessages;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresSourceMessages implements SourceMessages {

    private static final String CLAIM = """
            insert into source_message (service_id, message_id, notification_id, fingerprint, answer)
            select service_id, message_id, notification_id, fingerprint, answer
            from unnest(?, ?, ?, ?, ?) as row (service_id, message_id, notification_id, fingerprint, answer)
            on conflict do nothing""";

    private static final String FIND = """
            select service_id, message_id, source_message.notification_id,
                   coalesce(source_message.fingerprint, row.fingerprint), source_message.answer
            from source_message
            join unnest(?, ?, ?, ?, ?) as row (service_id, message_id, notification_id, fingerprint, answer)
                using (service_id, message_id)
            where source_message.notification_id <> row.notification_id""";

    private static final String ANSWER = """
            update source_message
            set answer = row.answer
            from unnest(?, ?, ?) as row (service_id, message_id, answer)
            where source_message.service_id = row.service_id and source_message.message_id = row.message_id""";

    private static final String FORGET = """
            delete from source_message
            where ctid = any (array(select ctid from source_message where received_at < ? limit ?))""";

    /** Everybody claims in this order, so that two who claim the same messages wait for each other only one way. */
    private static final Comparator<SourceMessage> IN_ORDER = Comparator.comparing(
                    (SourceMessage message) -> message.serviceId().value())
            .thenComparing(SourceMessage::messageId);

    private final LikelyNew likelyNew = new LikelyNew();
    private final JdbcTemplate jdbc;

    PostgresSourceMessages(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<SourceMessage, Known> claim(List<Claim> claims) {
        List<Claim> inOrder = claims.stream()
                .sorted(Comparator.comparing(Claim::message, IN_ORDER))
                .toList();
        Batch<Claim> batch = Batch.of(inOrder)
                .with("service_id", "text", claim -> claim.message().serviceId())
                .with("message_id", "text", claim -> claim.message().messageId())
                .with("notification_id", "uuid", claim -> claim.notificationId().value())
                .with("fingerprint", "uuid", claim -> claim.fingerprint().value())
                .with("answer", "text", claim -> lower(claim.answer()));
        if (likelyNew.inserted(batch, "source_message", jdbc) || batch.update(jdbc, CLAIM) == claims.size()) {
            return Map.of();
        }
        Map<SourceMessage, Known> known = new HashMap<>();
        jdbc.query(batch.statement(FIND), row -> {
            known.put(
                    new SourceMessage(new ServiceId(row.getString(1)), row.getString(2)),
                    new Known(
                            new NotificationId(row.getObject(3, UUID.class)),
                            new Fingerprint(row.getObject(4, UUID.class)),
                            NotificationStatus.valueOf(row.getString(5).toUpperCase(Locale.ROOT))));
        });
        return known;
    }

    @Override
    public void answer(Map<SourceMessage, NotificationStatus> answers) {
        Batch.of(answers.entrySet())
                .with("text", entry -> entry.getKey().serviceId())
                .with("text", entry -> entry.getKey().messageId())
                .with("text", entry -> lower(entry.getValue()))
                .update(jdbc, ANSWER);
    }

    @Override
    public int forget(Instant before, int limit) {
        return jdbc.update(FORGET, before.atOffset(ZoneOffset.UTC), limit);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
