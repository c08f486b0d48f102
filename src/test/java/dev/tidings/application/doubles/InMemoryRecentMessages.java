package dev.tidings.application.doubles;

import dev.tidings.application.acceptance.Fingerprint;
import dev.tidings.application.acceptance.RecentMessages;
import dev.tidings.domain.notification.NotificationEvent;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

public final class InMemoryRecentMessages implements RecentMessages {

    private static final Set<NotificationStatus> NEVER_SENT = EnumSet.of(
            NotificationStatus.FAILED,
            NotificationStatus.CANCELLED,
            NotificationStatus.EXPIRED,
            NotificationStatus.SUPPRESSED);

    private final InMemoryEvents log;
    private final Table<Fingerprint, Claim> rows;

    InMemoryRecentMessages(InMemoryTransactions transactions, InMemoryEvents log) {
        this.log = log;
        this.rows = new Table<>(transactions);
    }

    @Override
    public Map<Fingerprint, NotificationId> claim(List<Claim> claims, Instant now) {
        Map<Fingerprint, NotificationId> first = new HashMap<>();
        for (Claim claim : claims) {
            rows.get(claim.fingerprint())
                    .filter(known -> known.until().isAfter(now))
                    .filter(known -> !wasNeverSent(known.notificationId()))
                    .ifPresentOrElse(
                            known -> first.put(claim.fingerprint(), known.notificationId()),
                            () -> rows.put(claim.fingerprint(), claim));
        }
        return first;
    }

    private boolean wasNeverSent(NotificationId id) {
        return log.payloads(id).stream()
                .map(NotificationEvent.class::cast)
                .map(NotificationStatus::after)
                .anyMatch(NEVER_SENT::contains);
    }

    @Override
    public int forget(Instant now, int limit) {
        List<Claim> over = rows.all().stream()
                .filter(claim -> !claim.until().isAfter(now))
                .limit(limit)
                .toList();
        over.forEach(claim -> rows.remove(claim.fingerprint()));
        return over.size();
    }
}
