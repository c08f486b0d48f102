package dev.tidings.application.notification;

import dev.tidings.application.commit.LogProcessor;
import dev.tidings.application.notification.NotificationViews.Projected;
import dev.tidings.domain.notification.NotificationEvent;
import dev.tidings.domain.notification.NotificationId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps the views: of all that happened to a notification within a batch of events, only the latest is written. */
public final class NotificationProjection implements LogProcessor {

    public static final String PROCESSOR = "notification-views";

    /** Within that time most of what was accepted is sent. */
    private static final Duration GATHERS = Duration.ofSeconds(1);

    private final NotificationViews views;

    public NotificationProjection(NotificationViews views) {
        this.views = views;
    }

    @Override
    public String name() {
        return PROCESSOR;
    }

    @Override
    public boolean callsOutside() {
        return false;
    }

    @Override
    public Duration gathers() {
        return GATHERS;
    }

    @Override
    public void process(List<Logged> batch) {
        Map<NotificationId, Projected> latest = new LinkedHashMap<>();
        for (Logged logged : batch) {
            if (logged.event() instanceof NotificationEvent event) {
                Projected projected = new Projected(
                        NotificationView.after(event),
                        RequestContext.of(logged.metadata()),
                        logged.sequence(),
                        logged.sequence() == 0);
                latest.merge(event.notificationId(), projected, NotificationProjection::later);
            }
        }
        if (!latest.isEmpty()) {
            views.put(List.copyOf(latest.values()));
        }
    }

    private static Projected later(Projected one, Projected other) {
        Projected later = one.sequence() > other.sequence() ? one : other;
        return new Projected(later.view(), later.context(), later.sequence(), one.isNew() || other.isNew());
    }
}
