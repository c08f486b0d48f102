package dev.tidings.application.doubles;

import dev.tidings.application.notification.NotificationContents;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.recipient.Reach;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    @Override
    public Map<NotificationId, Reach> reaches(Collection<NotificationId> ids) {
        Map<NotificationId, Reach> reaches = new HashMap<>();
        ids.forEach(id -> find(id).ifPresent(it -> reaches.put(id, new Reach(it.channel(), it.recipient()))));
        return reaches;
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
