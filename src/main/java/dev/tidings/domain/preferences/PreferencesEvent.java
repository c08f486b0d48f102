package dev.tidings.domain.preferences;

import dev.tidings.domain.category.NotificationType;
import java.time.Instant;
import java.util.Map;

/** What happened to one person's preferences. */
public sealed interface PreferencesEvent {

    PreferencesId preferencesId();

    Map<NotificationType, Boolean> choices();

    Instant at();

    record PreferencesCreated(PreferencesId preferencesId, Map<NotificationType, Boolean> choices, Instant at)
            implements PreferencesEvent {}

    /** Only what is now otherwise than before. */
    record PreferencesChanged(PreferencesId preferencesId, Map<NotificationType, Boolean> choices, Instant at)
            implements PreferencesEvent {}
}
