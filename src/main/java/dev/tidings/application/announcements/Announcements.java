package dev.tidings.application.announcements;

import dev.tidings.application.notification.RequestContext;
import java.util.List;

/** The way to those who listen. */
public interface Announcements {

    /** Returns when the broker has taken responsibility for all of them, and throws when it has not. */
    void publish(List<Addressed> announcements);

    /** {@code eventId} is the same whenever the same announcement is published again. */
    record Addressed(String eventId, Announcement announcement, RequestContext context) {}
}
