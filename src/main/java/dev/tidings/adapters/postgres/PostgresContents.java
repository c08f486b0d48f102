package dev.tidings.adapters.postgres;

import dev.tidings.adapters.BulkInsert;
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
        BulkInsert rows = BulkInsert.into(
                "notification_content",
                "notification_id",
                "service_id",
                "type",
                "channel",
                "provider",
                "recipient",
                "recipient_name",
                "subject",
                "text_body",
                "html_body",
                "extras");
        for (Content content : contents) {
            rows.row()
                    .uuid(content.notificationId().value())
                    .text(content.serviceId())
                    .text(content.type())
                    .text(Reaches.channel(content.channel()))
                    .text(content.provider())
                    .text(content.recipient())
                    .text(content.recipientName())
                    .text(content.message().subject())
                    .text(content.message().text())
                    .text(content.message().html())
                    .jsonb(StoredExtras.write(content.message().extras()));
        }
        rows.run(jdbc);
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
