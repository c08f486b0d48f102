package dev.tidings.adapters.postgres;

import dev.tidings.application.preferences.Recipients;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresRecipients implements Recipients {

    private static final String SAVE = """
            insert into recipient as known (user_id, email, name, updated_at)
            select user_id, email, name, now() from unnest(?, ?, ?) as row (user_id, email, name)
            on conflict (user_id) do update
            set email = coalesce(excluded.email, known.email), name = coalesce(excluded.name, known.name),
                updated_at = excluded.updated_at""";

    private final JdbcTemplate jdbc;

    PostgresRecipients(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void save(List<Recipient> recipients) {
        Batch.of(recipients.stream()
                        .sorted(Comparator.comparing(
                                recipient -> recipient.userId().value()))
                        .toList())
                .with("text", Recipient::userId)
                .with("text", Recipient::email)
                .with("text", Recipient::name)
                .update(jdbc, SAVE);
    }
}
