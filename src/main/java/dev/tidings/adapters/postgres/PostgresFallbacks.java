package dev.tidings.adapters.postgres;

import dev.tidings.adapters.Batch;
import dev.tidings.application.acceptance.Fallbacks;
import dev.tidings.domain.notification.NotificationId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresFallbacks implements Fallbacks {

    private static final String ADD = """
            insert into fallback (earlier, notification_id, until)
            select earlier, notification_id, until
            from unnest(?, ?, ?) as row (earlier, notification_id, until)
            on conflict do nothing""";

    private static final String DUE = """
            select distinct it.notification_id
            from fallback as it
            where it.earlier = any (?)
              and not exists (
                  select
                  from fallback as other
                  cross join lateral (
                      select payload_type
                      from domain_event_entry
                      where aggregate_identifier = other.earlier::text
                      order by sequence_number desc
                      limit 1) as latest
                  where other.notification_id = it.notification_id
                    and latest.payload_type not in (
                        'notification.failed', 'notification.bounced', 'notification.suppressed',
                        'notification.withheld', 'notification.cancelled', 'notification.expired'))""";

    private final JdbcTemplate jdbc;

    PostgresFallbacks(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(List<Link> links) {
        Batch.of(links)
                .with("uuid", Link::earlier)
                .with("uuid", Link::notificationId)
                .with("text", link -> link.until().name().toLowerCase(Locale.ROOT))
                .update(jdbc, ADD);
    }

    @Override
    public List<NotificationId> due(Collection<NotificationId> ended) {
        return jdbc.query(DUE, (row, _) -> new NotificationId(row.getObject("notification_id", UUID.class)), (Object)
                ended.stream().map(NotificationId::value).toArray(UUID[]::new));
    }
}
