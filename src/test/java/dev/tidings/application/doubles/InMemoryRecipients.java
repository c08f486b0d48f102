package dev.tidings.application.doubles;

import dev.tidings.application.preferences.Recipients;
import dev.tidings.domain.recipient.UserId;
import java.util.List;
import java.util.Optional;

public final class InMemoryRecipients implements Recipients {

    private final Table<UserId, Recipient> rows;

    InMemoryRecipients(InMemoryTransactions transactions) {
        this.rows = new Table<>(transactions);
    }

    @Override
    public void save(List<Recipient> recipients) {
        recipients.forEach(given -> rows.put(
                given.userId(),
                find(given.userId()).map(kept -> merged(kept, given)).orElse(given)));
    }

    private static Recipient merged(Recipient kept, Recipient given) {
        return new Recipient(
                given.userId(),
                given.email() == null ? kept.email() : given.email(),
                given.name() == null ? kept.name() : given.name());
    }

    public Optional<Recipient> find(UserId userId) {
        return rows.get(userId);
    }
}
