package dev.tidings.adapters.postgres;

import dev.tidings.application.notification.NotificationContents;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.recipient.Reach;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresContents implements NotificationContents {

    private static final String ADD = """
            insert into notification_content (notification_id, service_id, recipient, recipient_name, subject,
                                              text_body, html_body, type, channel, provider, extras)
            select notification_id, service_id, recipient, recipient_name, subject, text_body, html_body, type, channel,
                   provider, extras::jsonb
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                as row (notification_id, service_id, recipient, recipient_name, subject, text_body, html_body, type,
                        channel, provider, extras)""";

    /** What was kept before there were other channels is mail. */
    private static final String REACHES = """
            select notification_id, coalesce(channel, 'email') as channel, recipient as address
            from notification_content
            where notification_id = any (?)""";

    private final JdbcTemplate jdbc;

    PostgresContents(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(List<Content> contents) {
        Batch.of(contents)
                .with("uuid", Content::notificationId)
                .with("text", Content::serviceId)
                .with("text", Content::recipient)
                .with("text", Content::recipientName)
                .with("text", content -> content.message().subject())
                .with("text", content -> content.message().text())
                .with("text", content -> content.message().html())
                .with("text", Content::type)
                .with("text", content -> Reaches.channel(content.channel()))
                .with("text", Content::provider)
                .with("text", content -> StoredExtras.write(content.message().extras()))
                .update(jdbc, ADD);
    }

    @Override
    public Map<NotificationId, Reach> reaches(Collection<NotificationId> ids) {
        Map<NotificationId, Reach> reaches = new HashMap<>();
        jdbc.query(
                REACHES,
                row -> {
                    reaches.put(new NotificationId(row.getObject("notification_id", UUID.class)), Reaches.of(row));
                },
                (Object) ids.stream().map(NotificationId::value).toArray(UUID[]::new));
        return reaches;
    }
}
