package dev.tidings.domain.preferences;

import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.recipient.UserId;

/** One person's preferences towards one service. */
public record PreferencesId(ServiceId serviceId, UserId userId) {

    /** The two parts with a slash between: a service's id has none, so that no two pairs look alike. */
    @Override
    public String toString() {
        return serviceId + "/" + userId;
    }
}
