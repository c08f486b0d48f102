package dev.tidings.application.doubles;

import dev.tidings.application.preferences.PreferencesLog;
import dev.tidings.domain.preferences.NotificationPreferences;
import dev.tidings.domain.preferences.PreferencesEvent;
import dev.tidings.domain.preferences.PreferencesId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Folds the committed events. */
public final class InMemoryPreferencesLog implements PreferencesLog {

    private final InMemoryEvents events;

    InMemoryPreferencesLog(InMemoryEvents events) {
        this.events = events;
    }

    @Override
    public Map<PreferencesId, NotificationPreferences> find(Collection<PreferencesId> ids) {
        Map<PreferencesId, NotificationPreferences> found = new HashMap<>();
        ids.forEach(id -> found.put(id, fold(id)));
        return found;
    }

    NotificationPreferences fold(PreferencesId id) {
        NotificationPreferences preferences = new NotificationPreferences.Unset();
        for (Object event : events.payloads(id)) {
            preferences = preferences.evolve((PreferencesEvent) event);
        }
        return preferences;
    }
}
