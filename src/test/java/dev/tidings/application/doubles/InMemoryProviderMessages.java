package dev.tidings.application.doubles;

import dev.tidings.application.delivery.ProviderMessages;
import dev.tidings.domain.notification.ProviderName;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

public final class InMemoryProviderMessages implements ProviderMessages {

    private record Key(ProviderName provider, String id) {}

    private final Table<Key, Known> rows;

    InMemoryProviderMessages(InMemoryTransactions transactions) {
        rows = new Table<>(transactions);
    }

    @Override
    public void add(List<Known> messages) {
        for (Known message : messages) {
            Key key = new Key(message.provider(), message.providerMessageId());
            if (rows.get(key).isEmpty()) {
                rows.put(key, message);
            }
        }
    }

    Optional<Known> find(ProviderName provider, String id) {
        return rows.get(new Key(provider, id));
    }

    @Override
    public Map<String, Known> find(ProviderName provider, Collection<String> providerMessageIds) {
        Map<String, Known> found = new HashMap<>();
        providerMessageIds.forEach(id -> find(provider, id).ifPresent(known -> found.put(id, known)));
        return found;
    }

    @Override
    public int forget(Instant before, int limit) {
        List<Known> old = rows.all().stream()
                .filter(message -> message.at().isBefore(before))
                .limit(limit)
                .toList();
        old.forEach(message -> rows.remove(new Key(message.provider(), message.providerMessageId())));
        return old.size();
    }
}
