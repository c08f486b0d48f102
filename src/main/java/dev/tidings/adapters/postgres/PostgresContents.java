package dev.tidings.adapters.postgres;

import dev.tidings.adapters.Batch;
import dev.tidings.application.notification.Message;
import dev.tidings.application.notification.NotificationContents;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.recipient.Reach;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
        try (PackedMail.Packer packer = new PackedMail.Packer()) {
            Batch.of(contents)
                    .with(
                            "notification_id",
                            "uuid",
                            content -> content.notificationId().value())
                    .with("service_id", "text", Content::serviceId)
                    .with("type", "text", Content::type)
                    .with("channel", "text", content -> Reaches.channel(content.channel()))
                    .with("provider", "text", Content::provider)
                    .with("recipient", "text", Content::recipient)
                    .with("recipient_name", "text", Content::recipientName)
                    .with("subject", "text", content -> content.message().subject())
                    .with("text_body", "text", content -> textOf(content.message()))
                    .with("packed", "bytea", content -> packer.packed(content.message()))
                    .with(
                            "extras",
                            "jsonb",
                            content -> StoredExtras.write(content.message().extras()))
                    .insertInto("notification_content", jdbc);
        }
    }

    /** That of a mail is packed with its HTML. */
    private static @Nullable String textOf(Message message) {
        return message.html() == null ? message.text() : null;
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
