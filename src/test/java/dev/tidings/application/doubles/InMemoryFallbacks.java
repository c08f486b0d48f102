package dev.tidings.application.doubles;

import dev.tidings.application.acceptance.Fallbacks;
import dev.tidings.domain.notification.NotificationEvent;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import java.util.Collection;
import java.util.List;

public final class InMemoryFallbacks implements Fallbacks {

    private final Table<Link, Link> rows;
    private final InMemoryEvents events;

    InMemoryFallbacks(InMemoryTransactions transactions, InMemoryEvents events) {
        rows = new Table<>(transactions);
        this.events = events;
    }

    @Override
    public void add(List<Link> links) {
        links.forEach(link -> rows.put(link, link));
    }

    public List<Link> all() {
        return rows.all();
    }

    @Override
    public List<NotificationId> due(Collection<NotificationId> ended) {
        return rows.all().stream()
                .filter(link -> ended.contains(link.earlier()))
                .map(Link::notificationId)
                .distinct()
                .filter(this::hasNothingToWaitFor)
                .toList();
    }

    private boolean hasNothingToWaitFor(NotificationId id) {
        return rows.all().stream()
                .filter(link -> link.notificationId().equals(id))
                .allMatch(link -> hasEndedInVain(link.earlier()));
    }

    private boolean hasEndedInVain(NotificationId id) {
        NotificationEvent latest = (NotificationEvent) events.payloads(id).getLast();
        return switch (NotificationStatus.after(latest)) {
            case FAILED, BOUNCED, SUPPRESSED, CANCELLED, EXPIRED -> true;
            case SCHEDULED, QUEUED, RETRYING, HELD, SENT, DELIVERED -> false;
        };
    }
}
