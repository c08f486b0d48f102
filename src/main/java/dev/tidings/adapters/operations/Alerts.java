package dev.tidings.adapters.operations;

import dev.tidings.adapters.operations.Alert.Condition;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is firing, and since when. What was seen only once may be a hiccup, or the start. */
final class Alerts {

    private volatile Map<Key, Seen> seen = Map.of();

    private record Key(String name, String subject) {}

    private record Seen(Alert alert, boolean again) {}

    void update(Instant now, List<Condition> conditions) {
        Map<Key, Seen> before = seen;
        Map<Key, Seen> after = new LinkedHashMap<>();
        for (Condition condition : conditions) {
            Key key = new Key(condition.name(), condition.subject());
            Seen known = before.get(key);
            after.put(
                    key,
                    known == null
                            ? new Seen(condition.since(now), false)
                            : new Seen(condition.since(known.alert.since()), true));
        }
        seen = after;
    }

    /** The most pressing first. */
    List<Alert> firing() {
        return seen.values().stream()
                .filter(Seen::again)
                .map(Seen::alert)
                .sorted(Comparator.comparing(Alert::severity).thenComparing(Alert::since))
                .toList();
    }
}
