package dev.tidings.application.doubles;

import dev.tidings.application.notification.NotificationViews;
import dev.tidings.domain.notification.NotificationId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

public final class InMemoryViews implements NotificationViews {

    private final Table<NotificationId, Projected> rows;
    private final AtomicInteger written = new AtomicInteger();

    InMemoryViews(InMemoryTransactions transactions) {
        this.rows = new Table<>(transactions);
    }

    @Override
    public void put(List<Projected> views) {
        views.forEach(projected -> {
            NotificationId id = projected.view().notificationId();
            if (find(id).filter(kept -> kept.sequence() >= projected.sequence()).isEmpty()) {
                rows.put(id, row(projected));
                written.incrementAndGet();
            }
        });
    }

    /** Which does not tell how it came about. */
    private static Projected row(Projected projected) {
        return new Projected(projected.view(), projected.context(), projected.sequence(), false);
    }

    public void drop() {
        rows.clear();
    }

    public Optional<Projected> find(NotificationId id) {
        return rows.get(id);
    }

    public List<Projected> all() {
        return rows.all();
    }

    /** How many rows were written so far. */
    public int written() {
        return written.get();
    }
}
