package dev.tidings.adapters.postgres;

import dev.tidings.adapters.Batch;
import dev.tidings.application.preferences.Recipients;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresRecipients implements Recipients {

    private static final String SAVE = """
            insert into recipient as known (user_id, email, name)
            select user_id, email, name from unnest(?, ?, ?) as row (user_id, email, name)
            on conflict (user_id) do update
            set email = coalesce(excluded.email, known.email), name = coalesce(excluded.name, known.name),
                updated_at = excluded.updated_at""";

    private final LikelyNew likelyNew = new LikelyNew();
    private final JdbcTemplate jdbc;

    PostgresRecipients(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void save(List<Recipient> recipients) {
        List<Recipient> inOrder = recipients.stream()
                .sorted(Comparator.comparing(recipient -> recipient.userId().value()))
                .toList();
        Batch<Recipient> batch = Batch.of(inOrder)
                .with("user_id", "text", Recipient::userId)
                .with("email", "text", Recipient::email)
                .with("name", "text", Recipient::name);
        if (!likelyNew.inserted(batch, "recipient", jdbc)) {
            batch.update(jdbc, SAVE);
        }
    }
}
