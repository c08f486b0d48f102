package dev.tidings.application.intervention;

import dev.tidings.application.commit.EventLog;
import dev.tidings.application.commit.UnitsOfWork;
import dev.tidings.application.delivery.DeliveryQueue;
import dev.tidings.application.delivery.DeliveryQueue.Entry;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.notification.NotificationCommand.Cancel;
import dev.tidings.domain.notification.NotificationCommand.Expire;
import dev.tidings.domain.notification.NotificationCommand.Intervention;
import dev.tidings.domain.notification.NotificationCommand.Redrive;
import dev.tidings.domain.notification.NotificationCommand.Reschedule;
import dev.tidings.domain.notification.NotificationCommand.Resolution;
import dev.tidings.domain.notification.NotificationCommand.Resolve;
import dev.tidings.domain.notification.NotificationEvent;
import dev.tidings.domain.notification.NotificationEvent.NotificationRedriven;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationRefused;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Carries out what is decided about single notifications. Blocks; what it did is committed when it returns, and all of
 * it throws {@link NotificationRefused} where that can't be done any more.
 *
 * <p>Whether a worker was faster is decided by the row in the queue, which only one of them can have.
 */
public final class Intervene {

    private final UnitsOfWork units;
    private final EventLog log;
    private final DeliveryQueue queue;
    private final InstantSource clock;
    private final Runnable wake;

    public Intervene(UnitsOfWork units, EventLog log, DeliveryQueue queue, InstantSource clock, Runnable wake) {
        this.units = units;
        this.log = log;
        this.queue = queue;
        this.clock = clock;
        this.wake = wake;
    }

    /** It will never be sent. */
    public void cancel(NotificationId id) {
        Instant now = clock.instant();
        inOneCommit(id, origin -> {
            boolean ours = withdraw(id);
            dispatch(new Cancel(id, !ours, now), origin);
        });
    }

    /** It goes out at another time. */
    public void reschedule(NotificationId id, Instant sendAt) {
        Instant now = clock.instant();
        inOneCommit(id, origin -> {
            boolean ours = queue.reschedule(id, sendAt);
            dispatch(new Reschedule(id, sendAt, !ours, now), origin);
        });
        wake.run();
    }

    /** Says what is to be thought of attempts whose outcome is unknown. */
    public void resolve(NotificationId id, Resolution resolution) {
        Instant now = clock.instant();
        inOneCommit(id, origin -> {
            boolean ours = switch (resolution) {
                case RESEND -> queue.reschedule(id, now);
                case SENT, FAILED -> withdraw(id);
            };
            dispatch(new Resolve(id, resolution, !ours, now), origin);
        });
        wake.run();
    }

    /** What has failed starts afresh. */
    public void redrive(NotificationId id) {
        Instant now = clock.instant();
        inOneCommit(
                id,
                origin -> queue.add(dispatch(new Redrive(id, now), origin).stream()
                        .map(NotificationRedriven.class::cast)
                        .map(event -> waiting(event, origin, now))
                        .toList()));
        wake.run();
    }

    private static Entry waiting(NotificationRedriven event, RequestContext origin, Instant now) {
        return new Entry(
                event.notificationId(),
                origin,
                event.particulars().channel(),
                event.particulars().lane(),
                now,
                event.particulars().expiresAt(),
                event.attempts(),
                Optional.empty());
    }

    /** Ends some of what has come to be of no use while it waited; yields how many, at most {@code limit}. */
    public int expire(int limit) {
        Instant now = clock.instant();
        return units.inOneCommit(() -> {
            Set<NotificationId> withdrawn = queue.withdrawExpired(now, limit);
            if (!withdrawn.isEmpty()) {
                expire(withdrawn, now);
            }
            return withdrawn.size();
        });
    }

    private void expire(Set<NotificationId> withdrawn, Instant now) {
        log.prefetch(withdrawn);
        Map<String, Map<String, ?>> origins = log.origins(withdrawn);
        withdrawn.forEach(id -> dispatch(new Expire(id, now), origin(id, origins)));
    }

    private boolean withdraw(NotificationId id) {
        return queue.withdraw(List.of(id)).contains(id);
    }

    /** Somebody may have been faster: the second time it finds what that one has done. */
    private void inOneCommit(NotificationId id, Consumer<RequestContext> work) {
        try {
            commit(id, work);
        } catch (NotificationRefused e) {
            throw e;
        } catch (RuntimeException e) {
            commit(id, work);
        }
    }

    private void commit(NotificationId id, Consumer<RequestContext> work) {
        units.inOneCommit(() -> {
            work.accept(origin(id, log.origins(List.of(id))));
            return true;
        });
    }

    private static RequestContext origin(NotificationId id, Map<String, Map<String, ?>> origins) {
        return Optional.<Map<String, ?>>ofNullable(origins.get(id.toString()))
                .map((Function<Map<String, ?>, RequestContext>) RequestContext::of)
                .orElseThrow(() -> new NotificationRefused(NotificationRefused.Reason.NEVER_REQUESTED, id));
    }

    /** What is recorded belongs to whoever asked for the notification. */
    private List<? extends NotificationEvent> dispatch(Intervention command, RequestContext origin) {
        return units.dispatch(command, origin.metadata());
    }
}
