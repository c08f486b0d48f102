package dev.tidings.domain.preferences;

import dev.tidings.domain.category.NotificationType;
import java.util.List;

/** An order that a person's preferences can't follow. */
public final class PreferencesRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public enum Reason {
        UNKNOWN_TYPE,
        NOT_SWITCHABLE,
        ALREADY_CREATED,
        NEVER_CREATED
    }

    private final Reason reason;
    private final transient List<NotificationType> types;

    public PreferencesRefused(Reason reason, List<NotificationType> types) {
        super(reason + (types.isEmpty() ? "" : " " + types));
        this.reason = reason;
        this.types = List.copyOf(types);
    }

    public Reason reason() {
        return reason;
    }

    /** The types it was refused for; none where the reason isn't about types. */
    public List<NotificationType> types() {
        return types;
    }
}
