package dev.tidings.application.acceptance;

import dev.tidings.application.acceptance.Fallback.Until;
import dev.tidings.domain.notification.NotificationId;
import java.util.Collection;
import java.util.List;

/** Which notifications go out only if others have not come far enough. */
public interface Fallbacks {

    record Link(NotificationId earlier, NotificationId notificationId, Until until) {}

    /** Adds them in the running transaction. */
    void add(List<Link> links);

    /**
     * Those that nothing is left to wait for: of each, one of {@code ended} came earlier, and all that came earlier have
     * ended without arriving.
     */
    List<NotificationId> due(Collection<NotificationId> ended);
}
