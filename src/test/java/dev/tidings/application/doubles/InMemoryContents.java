package dev.tidings.application.doubles;

import dev.tidings.application.notification.NotificationContents;
import dev.tidings.domain.notification.NotificationId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

public final class InMemoryContents implements NotificationContents {

    private final Table<NotificationId, Content> rows;

    InMemoryContents(InMemoryTransactions transactions) {
        this.rows = new Table<>(transactions);
    }

    @Override
    public void add(List<Content> contents) {
        contents.forEach(content -> rows.put(content.notificationId(), content));
    }

    /** Poison: adding one of these throws. */
    public void refuse(Predicate<Content> refused) {
        rows.refuse(refused);
    }

    public Optional<Content> find(NotificationId id) {
        return rows.get(id);
    }

    public List<Content> all() {
        return rows.all();
    }
}
