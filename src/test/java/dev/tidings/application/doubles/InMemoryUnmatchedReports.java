package dev.tidings.application.doubles;

import dev.tidings.application.delivery.ProviderMessages.Known;
import dev.tidings.application.reports.UnmatchedReports;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

public final class InMemoryUnmatchedReports implements UnmatchedReports {

    private record Row(int id, Unmatched unmatched, Instant receivedAt) {}

    private final InMemoryProviderMessages messages;
    private final Table<Integer, Row> rows;
    private int ids;

    InMemoryUnmatchedReports(InMemoryTransactions transactions, InMemoryProviderMessages messages) {
        this.messages = messages;
        rows = new Table<>(transactions);
    }

    @Override
    public void keep(List<Unmatched> reports, Instant now) {
        reports.forEach(report -> rows.put(++ids, new Row(ids, report, now)));
    }

    @Override
    public List<Matched> take(int limit) {
        List<Matched> taken = new ArrayList<>();
        for (Row row : rows.all()) {
            Unmatched it = row.unmatched;
            Optional<Known> known = messages.find(
                    it.provider(), Objects.requireNonNull(it.report().providerMessageId()));
            if (taken.size() < limit && known.isPresent()) {
                taken.add(new Matched(
                        it.provider(),
                        it.report(),
                        known.get().notificationId(),
                        known.get().attempt()));
                rows.remove(row.id);
            }
        }
        return taken;
    }

    @Override
    public int forget(Instant before, int limit) {
        List<Row> old = rows.all().stream()
                .filter(row -> row.receivedAt.isBefore(before))
                .limit(limit)
                .toList();
        old.forEach(row -> rows.remove(row.id));
        return old.size();
    }

    public int size() {
        return rows.all().size();
    }
}
