package dev.tidings.application.intervention;

import dev.tidings.application.acceptance.Fallbacks;
import dev.tidings.application.commit.CommittedEvents;
import dev.tidings.domain.notification.NotificationEvent;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationRefused;
import dev.tidings.domain.notification.NotificationStatus;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was to go out only if others don't arrive goes out at once when none of them can any more. Should this be missed,
 * it goes out at its time.
 */
public final class WhenItFailsThenFallBack implements CommittedEvents {

    private static final Logger LOG = LoggerFactory.getLogger(WhenItFailsThenFallBack.class);

    private final Fallbacks fallbacks;
    private final Intervene intervene;
    private final InstantSource clock;

    public WhenItFailsThenFallBack(Fallbacks fallbacks, Intervene intervene, InstantSource clock) {
        this.fallbacks = fallbacks;
        this.intervene = intervene;
        this.clock = clock;
    }

    @Override
    public void committed(List<Committed> events) {
        List<NotificationId> ended = events.stream()
                .map(Committed::event)
                .filter(NotificationEvent.class::isInstance)
                .map(NotificationEvent.class::cast)
                .filter(WhenItFailsThenFallBack::endsWithoutArriving)
                .map(NotificationEvent::notificationId)
                .toList();
        if (!ended.isEmpty()) {
            Thread.ofVirtual().name("fall-back").start(() -> fallBack(ended));
        }
    }

    private static boolean endsWithoutArriving(NotificationEvent event) {
        return switch (NotificationStatus.after(event)) {
            case FAILED, BOUNCED, SUPPRESSED, CANCELLED, EXPIRED -> true;
            case SCHEDULED, QUEUED, RETRYING, HELD, SENT, DELIVERED -> false;
        };
    }

    void fallBack(List<NotificationId> ended) {
        try {
            fallbacks.due(ended).forEach(this::sendNow);
        } catch (RuntimeException e) {
            LOG.warn("Could not look for what depends on {} notifications; it goes out at its time", ended.size(), e);
        }
    }

    private void sendNow(NotificationId id) {
        try {
            intervene.reschedule(id, clock.instant());
        } catch (NotificationRefused e) {
            LOG.debug("{} goes its own way: {}", id, e.getMessage());
        }
    }
}
