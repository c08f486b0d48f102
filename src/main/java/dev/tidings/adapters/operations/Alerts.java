package dev.tidings.adapters.operations;

import dev.tidings.adapters.operations.Alert.Condition;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is firing, and since when. */
final class Alerts {

    private volatile Map<Firing, Alert> firing = Map.of();

    private record Firing(String name, String subject) {}

    void update(Instant now, List<Condition> conditions) {
        Map<Firing, Alert> before = firing;
        Map<Firing, Alert> after = new LinkedHashMap<>();
        for (Condition condition : conditions) {
            Firing key = new Firing(condition.name(), condition.subject());
            Alert known = before.get(key);
            after.put(key, condition.since(known == null ? now : known.since()));
        }
        firing = after;
    }

    /** The most pressing first. */
    List<Alert> firing() {
        return firing.values().stream()
                .sorted(Comparator.comparing(Alert::severity).thenComparing(Alert::since))
                .toList();
    }
}
