package dev.tidings.adapters.postgres;

import dev.tidings.adapters.Batch;
import dev.tidings.application.acceptance.Fingerprint;
import dev.tidings.application.acceptance.RecentMessages;
import dev.tidings.domain.notification.NotificationId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresRecentMessages implements RecentMessages {

    /** What was not sent, and never will be, makes room. */
    private static final String CLAIM = """
            insert into recent_message as known (fingerprint, notification_id, until)
            select fingerprint, notification_id, until
            from unnest(?, ?, ?) as row (fingerprint, notification_id, until)
            on conflict (fingerprint) do update
            set notification_id = excluded.notification_id, until = excluded.until
            where known.until <= ?
               or exists (select from domain_event_entry
                          where aggregate_identifier = known.notification_id::text
                            and payload_type in ('notification.failed', 'notification.cancelled',
                                                 'notification.expired', 'notification.suppressed',
                                                 'notification.withheld', 'notification.bounced'))""";

    private static final String FIND = """
            select known.fingerprint, known.notification_id
            from recent_message as known
            join unnest(?, ?, ?) as row (fingerprint, notification_id, until) using (fingerprint)
            where known.notification_id <> row.notification_id""";

    private static final String FORGET = """
            delete from recent_message
            where ctid = any (array(select ctid from recent_message where until <= ? limit ?))""";

    /** Everybody claims in this order, so that two who claim the same wait for each other only one way. */
    private static final Comparator<Claim> IN_ORDER =
            Comparator.comparing(claim -> claim.fingerprint().value());

    private final LikelyNew likelyNew = new LikelyNew();
    private final JdbcTemplate jdbc;

    PostgresRecentMessages(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<Fingerprint, NotificationId> claim(List<Claim> claims, Instant now) {
        List<Claim> inOrder = claims.stream().sorted(IN_ORDER).toList();
        Batch<Claim> batch = Batch.of(inOrder)
                .with("fingerprint", "uuid", claim -> claim.fingerprint().value())
                .with("notification_id", "uuid", claim -> claim.notificationId().value())
                .with("until", "timestamptz", Claim::until);
        if (likelyNew.inserted(batch, "recent_message", jdbc)
                || batch.update(jdbc, CLAIM, now.atOffset(ZoneOffset.UTC)) == claims.size()) {
            return Map.of();
        }
        Map<Fingerprint, NotificationId> first = new HashMap<>();
        jdbc.query(batch.statement(FIND), row -> {
            first.put(new Fingerprint(row.getObject(1, UUID.class)), new NotificationId(row.getObject(2, UUID.class)));
        });
        return first;
    }

    @Override
    public int forget(Instant now, int limit) {
        return jdbc.update(FORGET, now.atOffset(ZoneOffset.UTC), limit);
    }
}
