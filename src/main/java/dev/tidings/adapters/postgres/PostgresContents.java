package dev.tidings.adapters.postgres;

import dev.tidings.application.notification.NotificationContents;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresContents implements NotificationContents {

    private static final String ADD = """
            insert into notification_content (notification_id, service_id, recipient, recipient_name, subject,
                                              text_body, html_body, type, provider, extras)
            select notification_id, service_id, recipient, recipient_name, subject, text_body, html_body, type, provider,
                   extras::jsonb
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                as row (notification_id, service_id, recipient, recipient_name, subject, text_body, html_body, type,
                        provider, extras)""";

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
                .with("text", Content::provider)
                .with("text", content -> StoredExtras.write(content.message().extras()))
                .update(jdbc, ADD);
    }
}
