package dev.tidings.application.doubles;

import dev.tidings.application.acceptance.RecipientLimits;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.category.RecipientLimit;
import dev.tidings.domain.recipient.Reach;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

public final class InMemoryRecipientLimits implements RecipientLimits {

    private record Key(Reach reach, NotificationType type) {}

    private record Row(Key key, List<Instant> acceptedAt) {}

    private final Table<Key, Row> rows;

    InMemoryRecipientLimits(InMemoryTransactions transactions) {
        rows = new Table<>(transactions);
    }

    @Override
    public boolean take(Reach reach, NotificationType type, RecipientLimit limit, Instant now) {
        Key key = new Key(reach, type);
        List<Instant> lately = new ArrayList<>(rows.get(key).map(Row::acceptedAt).orElse(List.of()).stream()
                .filter(at -> at.isAfter(now.minus(limit.within())))
                .toList());
        if (lately.size() >= limit.most()) {
            return false;
        }
        lately.add(now);
        rows.put(key, new Row(key, List.copyOf(lately)));
        return true;
    }

    @Override
    public int forget(Instant before, int limit) {
        List<Row> old = rows.all().stream()
                .filter(row -> row.acceptedAt.getLast().isBefore(before))
                .limit(limit)
                .toList();
        old.forEach(row -> rows.remove(row.key));
        return old.size();
    }
}
