package dev.tidings.application.doubles;

import dev.tidings.application.acceptance.SourceMessages;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

public final class InMemorySourceMessages implements SourceMessages {

    private final Table<SourceMessage, Row> rows;

    private record Row(Known known, SourceMessage message) {}

    InMemorySourceMessages(InMemoryTransactions transactions) {
        this.rows = new Table<>(transactions);
    }

    @Override
    public Map<SourceMessage, Known> claim(List<Claim> claims) {
        Map<SourceMessage, Known> before = new HashMap<>();
        for (Claim claim : claims) {
            Optional<Row> first = rows.get(claim.message());
            first.ifPresentOrElse(
                    row -> before.put(claim.message(), row.known),
                    () -> rows.put(
                            claim.message(),
                            new Row(
                                    new Known(claim.notificationId(), claim.fingerprint(), claim.answer()),
                                    claim.message())));
        }
        return before;
    }

    @Override
    public void answer(Map<SourceMessage, NotificationStatus> answers) {
        answers.forEach((message, answer) -> rows.get(message)
                .ifPresent(row -> rows.put(
                        message,
                        new Row(new Known(row.known.notificationId(), row.known.fingerprint(), answer), message))));
    }

    @Override
    public int forget(Instant before, int limit) {
        List<Row> old = rows.all().stream()
                .filter(row -> claimedAt(row).isBefore(before))
                .limit(limit)
                .toList();
        old.forEach(row -> rows.remove(row.message));
        return old.size();
    }

    /** An id begins with its millisecond. */
    private static Instant claimedAt(Row row) {
        return Instant.ofEpochMilli(row.known.notificationId().value().getMostSignificantBits() >>> 16);
    }

    public List<NotificationId> owners() {
        return rows.all().stream().map(row -> row.known.notificationId()).toList();
    }
}
