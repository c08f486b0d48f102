package dev.tidings.adapters.eventstore;

import dev.tidings.application.preferences.PreferencesLog;
import dev.tidings.domain.preferences.NotificationPreferences;
import dev.tidings.domain.preferences.PreferencesEvent;
import dev.tidings.domain.preferences.PreferencesId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;

final class LoggedPreferences implements PreferencesLog {

    private final AggregateEvents aggregateEvents;

    LoggedPreferences(AggregateEvents aggregateEvents) {
        this.aggregateEvents = aggregateEvents;
    }

    @Override
    public Map<PreferencesId, NotificationPreferences> find(Collection<PreferencesId> ids) {
        Map<String, List<DomainEventMessage<?>>> events =
                aggregateEvents.of(ids.stream().map(PreferencesId::toString).toList());
        Map<PreferencesId, NotificationPreferences> preferences = new HashMap<>();
        for (PreferencesId id : ids) {
            NotificationPreferences current = new NotificationPreferences.Unset();
            for (DomainEventMessage<?> event : events.getOrDefault(id.toString(), List.of())) {
                current = current.evolve((PreferencesEvent) event.getPayload());
            }
            preferences.put(id, current);
        }
        return preferences;
    }
}
