package dev.tidings.application.doubles;

import dev.tidings.application.acceptance.SourceMessages;
import dev.tidings.domain.notification.NotificationId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

public final class InMemorySourceMessages implements SourceMessages {

    private final Table<SourceMessage, NotificationId> rows;

    InMemorySourceMessages(InMemoryTransactions transactions) {
        this.rows = new Table<>(transactions);
    }

    @Override
    public Map<SourceMessage, NotificationId> claim(List<Claim> claims) {
        Map<SourceMessage, NotificationId> before = new HashMap<>();
        for (Claim claim : claims) {
            Optional<NotificationId> owner = rows.get(claim.message());
            owner.ifPresentOrElse(
                    id -> before.put(claim.message(), id), () -> rows.put(claim.message(), claim.notificationId()));
        }
        return before;
    }

    public List<NotificationId> owners() {
        return rows.all();
    }
}
