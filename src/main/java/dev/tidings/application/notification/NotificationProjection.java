package dev.tidings.application.notification;

import dev.tidings.application.notification.NotificationViews.Projected;
import dev.tidings.domain.notification.NotificationEvent;
import dev.tidings.domain.notification.NotificationId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** Keeps the views: of all that happened to a notification within a batch of events, only the latest is written. */
@ProcessingGroup(NotificationProjection.PROCESSOR)
public final class NotificationProjection {

    public static final String PROCESSOR = "notification-views";

    private static final String GATHERED = NotificationProjection.class.getName();

    private final NotificationViews views;

    public NotificationProjection(NotificationViews views) {
        this.views = views;
    }

    @EventHandler
    void on(NotificationEvent event, DomainEventMessage<?> message, UnitOfWork<?> batch) {
        Map<NotificationId, Projected> gathered =
                batch.root().getOrComputeResource(GATHERED, key -> new LinkedHashMap<>());
        gathered.put(
                event.notificationId(),
                new Projected(
                        NotificationView.after(event),
                        RequestContext.of(message.getMetaData()),
                        message.getSequenceNumber()));
        if (!(batch instanceof BatchingUnitOfWork<?> several) || several.isLastMessage()) {
            views.put(List.copyOf(gathered.values()));
            gathered.clear();
        }
    }
}
