package dev.tidings.domain.preferences;

import dev.tidings.domain.recipient.UserId;

/** The preferences of one person, who is the same person for every service of the organisation. */
public record PreferencesId(UserId userId) {

    private static final String PREFIX = "preferences/";

    /** Prefixed, so that it can't be taken for the id of anything else in the event log. */
    @Override
    public String toString() {
        return PREFIX + userId;
    }
}
