package dev.tidings.adapters.postgres;

import dev.tidings.adapters.Batch;
import dev.tidings.application.delivery.ProviderMessages;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.ProviderName;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresProviderMessages implements ProviderMessages {

    /** A provider that gives an id twice is a bad one, but the later message must not be lost for that. */
    private static final String ADD = """
            insert into provider_message (provider, provider_message_id, notification_id, attempt, sent_at)
            select provider, provider_message_id, notification_id, attempt, sent_at
            from unnest(?, ?, ?, ?, ?) as row (provider, provider_message_id, notification_id, attempt, sent_at)
            on conflict do nothing""";

    private static final String FIND = """
            select provider, provider_message_id, notification_id, attempt, sent_at
            from provider_message
            where provider = ? and provider_message_id = any (?)""";

    private static final String FORGET = """
            delete from provider_message
            where ctid = any (array(select ctid from provider_message where sent_at < ? limit ?))""";

    private final JdbcTemplate jdbc;

    PostgresProviderMessages(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(List<Known> messages) {
        Batch.of(messages)
                .with("text", Known::provider)
                .with("text", Known::providerMessageId)
                .with("uuid", Known::notificationId)
                .with("int4", Known::attempt)
                .with("timestamptz", Known::at)
                .update(jdbc, ADD);
    }

    @Override
    public Map<String, Known> find(ProviderName provider, Collection<String> providerMessageIds) {
        Map<String, Known> found = new HashMap<>();
        jdbc.query(
                FIND,
                row -> {
                    String id = row.getString("provider_message_id");
                    found.put(
                            id,
                            new Known(
                                    provider,
                                    id,
                                    new NotificationId(row.getObject("notification_id", UUID.class)),
                                    row.getInt("attempt"),
                                    row.getTimestamp("sent_at").toInstant()));
                },
                provider.value(),
                providerMessageIds.toArray(String[]::new));
        return found;
    }

    @Override
    public int forget(Instant before, int limit) {
        return jdbc.update(FORGET, before.atOffset(ZoneOffset.UTC), limit);
    }
}
