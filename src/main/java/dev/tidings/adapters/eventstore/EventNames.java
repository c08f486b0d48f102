package dev.tidings.adapters.eventstore;

import dev.tidings.domain.notification.NotificationEvent.AttemptFailed;
import dev.tidings.domain.notification.NotificationEvent.AttemptOutcomeUnknown;
import dev.tidings.domain.notification.NotificationEvent.NotificationFailed;
import dev.tidings.domain.notification.NotificationEvent.NotificationRequested;
import dev.tidings.domain.notification.NotificationEvent.NotificationSent;
import dev.tidings.domain.notification.NotificationEvent.NotificationSentAgain;
import dev.tidings.domain.notification.NotificationEvent.NotificationSuppressed;
import dev.tidings.domain.preferences.PreferencesEvent.PreferencesChanged;
import dev.tidings.domain.preferences.PreferencesEvent.PreferencesCreated;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What each event is called in the log, whatever becomes of its class. A name that was used is never given away. */
final class EventNames {

    private record Named(String name, String revision) {}

    private static final Map<Class<?>, Named> BY_CLASS = Map.of(
            NotificationRequested.class, new Named("notification.requested", "1"),
            NotificationSuppressed.class, new Named("notification.suppressed", "1"),
            NotificationSent.class, new Named("notification.sent", "1"),
            NotificationSentAgain.class, new Named("notification.sent-again", "1"),
            AttemptFailed.class, new Named("notification.attempt-failed", "1"),
            AttemptOutcomeUnknown.class, new Named("notification.attempt-outcome-unknown", "1"),
            NotificationFailed.class, new Named("notification.failed", "1"),
            PreferencesCreated.class, new Named("preferences.created", "1"),
            PreferencesChanged.class, new Named("preferences.changed", "1"));

    private static final Map<String, Class<?>> BY_NAME = new HashMap<>();

    static {
        BY_CLASS.forEach((type, named) -> BY_NAME.put(named.name, type));
    }

    private EventNames() {}

    static Set<Class<?>> classes() {
        return BY_CLASS.keySet();
    }

    static @Nullable Class<?> classOf(String name) {
        return BY_NAME.get(name);
    }

    static @Nullable String nameOf(Class<?> type) {
        Named named = BY_CLASS.get(type);
        return named == null ? null : named.name;
    }

    static @Nullable String revisionOf(Class<?> type) {
        Named named = BY_CLASS.get(type);
        return named == null ? null : named.revision;
    }
}
