package dev.tidings.application.acceptance;

import dev.tidings.domain.notification.NotificationId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * That a notification goes out only if others have not come far enough by then.
 *
 * @param earlier at least one
 */
public record Fallback(List<NotificationId> earlier, Until until) {

    /** How far one of the others must come to make it needless. */
    public enum Until {
        /** Accepted by the provider: all that some channels ever tell. */
        SENT,
        DELIVERED,
        READ
    }

    public Fallback {
        earlier = List.copyOf(earlier);
    }

    String told(Instant sendAt) {
        return "goes out at " + sendAt + ", unless one of " + earlier + " is "
                + until.name().toLowerCase(Locale.ROOT) + " by then";
    }
}
