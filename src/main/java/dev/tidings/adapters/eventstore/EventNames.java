package dev.tidings.adapters.eventstore;

import dev.tidings.domain.notification.NotificationEvent.AttemptFailed;
import dev.tidings.domain.notification.NotificationEvent.AttemptFailedOver;
import dev.tidings.domain.notification.NotificationEvent.AttemptOutcomeUnknown;
import dev.tidings.domain.notification.NotificationEvent.AttemptPostponed;
import dev.tidings.domain.notification.NotificationEvent.NotificationBounced;
import dev.tidings.domain.notification.NotificationEvent.NotificationCancelled;
import dev.tidings.domain.notification.NotificationEvent.NotificationComplained;
import dev.tidings.domain.notification.NotificationEvent.NotificationDelivered;
import dev.tidings.domain.notification.NotificationEvent.NotificationExpired;
import dev.tidings.domain.notification.NotificationEvent.NotificationFailed;
import dev.tidings.domain.notification.NotificationEvent.NotificationRead;
import dev.tidings.domain.notification.NotificationEvent.NotificationRedriven;
import dev.tidings.domain.notification.NotificationEvent.NotificationRequested;
import dev.tidings.domain.notification.NotificationEvent.NotificationResolved;
import dev.tidings.domain.notification.NotificationEvent.NotificationScheduled;
import dev.tidings.domain.notification.NotificationEvent.NotificationSent;
import dev.tidings.domain.notification.NotificationEvent.NotificationSentAgain;
import dev.tidings.domain.notification.NotificationEvent.NotificationSuppressed;
import dev.tidings.domain.notification.NotificationEvent.NotificationWithheld;
import dev.tidings.domain.preferences.PreferencesEvent.PreferencesChanged;
import dev.tidings.domain.preferences.PreferencesEvent.PreferencesCreated;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What each event is called in the log, whatever becomes of its class. A name that was used is never given away. */
final class EventNames {

    private record Named(String name, String revision) {}

    private static final Map<Class<?>, Named> BY_CLASS = Map.ofEntries(
            entry(NotificationRequested.class, "notification.requested"),
            entry(NotificationSuppressed.class, "notification.suppressed"),
            entry(NotificationScheduled.class, "notification.scheduled"),
            entry(NotificationSent.class, "notification.sent"),
            entry(NotificationSentAgain.class, "notification.sent-again"),
            entry(AttemptFailed.class, "notification.attempt-failed"),
            entry(AttemptPostponed.class, "notification.attempt-postponed"),
            entry(AttemptOutcomeUnknown.class, "notification.attempt-outcome-unknown"),
            entry(AttemptFailedOver.class, "notification.attempt-failed-over"),
            entry(NotificationWithheld.class, "notification.withheld"),
            entry(NotificationDelivered.class, "notification.delivered"),
            entry(NotificationRead.class, "notification.read"),
            entry(NotificationBounced.class, "notification.bounced"),
            entry(NotificationComplained.class, "notification.complained"),
            entry(NotificationFailed.class, "notification.failed"),
            entry(NotificationCancelled.class, "notification.cancelled"),
            entry(NotificationExpired.class, "notification.expired"),
            entry(NotificationRedriven.class, "notification.redriven"),
            entry(NotificationResolved.class, "notification.resolved"),
            entry(PreferencesCreated.class, "preferences.created"),
            entry(PreferencesChanged.class, "preferences.changed"));

    private static Map.Entry<Class<?>, Named> entry(Class<?> type, String name) {
        return Map.entry(type, new Named(name, "1"));
    }

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
