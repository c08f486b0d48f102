package dev.tidings.application.doubles;

import dev.tidings.application.delivery.ProviderChoices;
import dev.tidings.domain.notification.ProviderName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

public final class InMemoryProviderChoices implements ProviderChoices {

    private final Map<ProviderName, Choice> chosen = new ConcurrentHashMap<>();

    @Override
    public Map<ProviderName, Choice> all() {
        return Map.copyOf(chosen);
    }

    @Override
    public void choose(ProviderName provider, Choice choice) {
        chosen.merge(
                provider,
                choice,
                (before, now) -> new Choice(
                        latest(now.priority(), before.priority()),
                        latest(now.weight(), before.weight()),
                        latest(now.mode(), before.mode())));
    }

    private static <T> @Nullable T latest(@Nullable T now, @Nullable T before) {
        return now == null ? before : now;
    }
}
