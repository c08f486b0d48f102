package dev.tidings.application.doubles;

import dev.tidings.application.suppression.Suppressions;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.Reach;
import dev.tidings.domain.recipient.Suppression;
import dev.tidings.domain.recipient.SuppressionReason;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

public final class InMemorySuppressions implements Suppressions {

    private static final Comparator<Reach> IN_ORDER = Comparator.comparing(
                    (Reach reach) -> reach.channel().name())
            .thenComparing(reach -> reach.address().value());

    private final Table<Reach, Suppressed> rows;

    InMemorySuppressions(InMemoryTransactions transactions) {
        rows = new Table<>(transactions);
    }

    @Override
    public Map<Reach, Suppression> find(Collection<Reach> reaches) {
        Map<Reach, Suppression> found = new HashMap<>();
        reaches.forEach(reach -> rows.get(reach).ifPresent(row -> found.put(reach, row.suppression())));
        return found;
    }

    @Override
    public void add(List<Suppressed> suppressed) {
        for (Suppressed each : suppressed) {
            boolean graver = rows.get(each.reach())
                    .map(known -> !known.suppression().reason().stopsEverything()
                            && each.suppression().reason().stopsEverything())
                    .orElse(true);
            if (graver) {
                rows.put(each.reach(), each);
            }
        }
    }

    @Override
    public Optional<Suppression> remove(Reach reach) {
        Optional<Suppression> known = rows.get(reach).map(Suppressed::suppression);
        rows.remove(reach);
        return known;
    }

    @Override
    public boolean remove(Reach reach, SuppressionReason reason) {
        boolean there = rows.get(reach)
                .filter(it -> it.suppression().reason() == reason)
                .isPresent();
        if (there) {
            rows.remove(reach);
        }
        return there;
    }

    @Override
    public List<Suppressed> list(
            @Nullable Channel channel, @Nullable SuppressionReason reason, @Nullable Reach after, int limit) {
        return rows.all().stream()
                .filter(row -> channel == null || row.reach().channel() == channel)
                .filter(row -> reason == null || row.suppression().reason() == reason)
                .filter(row -> after == null || IN_ORDER.compare(row.reach(), after) > 0)
                .sorted(Comparator.comparing(Suppressed::reach, IN_ORDER))
                .limit(limit)
                .toList();
    }
}
