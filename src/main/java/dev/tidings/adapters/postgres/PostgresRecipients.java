package dev.tidings.adapters.postgres;

import dev.tidings.adapters.BulkInsert;
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
        if (!likelyNew.inserted(jdbc, inOrder.size(), () -> rows(inOrder))) {
            Batch.of(inOrder)
                    .with("text", Recipient::userId)
                    .with("text", Recipient::email)
                    .with("text", Recipient::name)
                    .update(jdbc, SAVE);
        }
    }

    private static BulkInsert rows(List<Recipient> recipients) {
        BulkInsert rows = BulkInsert.into("recipient", "user_id", "email", "name");
        recipients.forEach(recipient ->
                rows.row().text(recipient.userId()).text(recipient.email()).text(recipient.name()));
        return rows;
    }
}
