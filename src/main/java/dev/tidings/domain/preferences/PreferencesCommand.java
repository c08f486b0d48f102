package dev.tidings.domain.preferences;

import dev.tidings.domain.category.NotificationType;
import java.time.Instant;
import java.util.Map;

/** An order to one person's preferences. */
public sealed interface PreferencesCommand {

    PreferencesId preferencesId();

    /** Starts with these choices; types left out have none. Repeating it with other choices is refused. */
    record CreatePreferences(PreferencesId preferencesId, Map<NotificationType, Boolean> choices, Instant at)
            implements PreferencesCommand {}

    /** A person has come to exist: preferences without any choice, unless there are some already. */
    record OpenPreferences(PreferencesId preferencesId, Instant at) implements PreferencesCommand {}

    /** Changes these choices; types left out keep theirs. */
    record ChangePreferences(PreferencesId preferencesId, Map<NotificationType, Boolean> choices, Instant at)
            implements PreferencesCommand {}
}
