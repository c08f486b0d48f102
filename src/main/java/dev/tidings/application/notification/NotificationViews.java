package dev.tidings.application.notification;

import java.util.List;

/** The notifications as people look for them. Can be dropped and built again from the log. */
public interface NotificationViews {

    /**
     * Adds or replaces them, in the running transaction. What comes from an earlier event than what is there already
     * is left out.
     */
    void put(List<Projected> views);

    /**
     * @param sequence the number of the event within its notification's life, from 0
     * @param isNew whether its first event is among those that led to this: there is hardly a view of it yet
     */
    record Projected(NotificationView view, RequestContext context, long sequence, boolean isNew) {}
}
