package dev.tidings.application.preferences;

import dev.tidings.domain.preferences.NotificationPreferences;
import dev.tidings.domain.preferences.PreferencesId;
import java.util.Collection;
import java.util.Map;

/** People's preferences as they are now on the primary, what was committed a moment ago included. */
public interface PreferencesLog {

    /** Has an entry for each id; {@link NotificationPreferences.Unset} where there are none. */
    Map<PreferencesId, NotificationPreferences> find(Collection<PreferencesId> ids);
}
