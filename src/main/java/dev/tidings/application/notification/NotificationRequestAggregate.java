package dev.tidings.application.notification;

import dev.tidings.domain.category.Categories;
import dev.tidings.domain.notification.NotificationCommand.Cancel;
import dev.tidings.domain.notification.NotificationCommand.Expire;
import dev.tidings.domain.notification.NotificationCommand.RecordAttempt;
import dev.tidings.domain.notification.NotificationCommand.RecordReport;
import dev.tidings.domain.notification.NotificationCommand.Redrive;
import dev.tidings.domain.notification.NotificationCommand.RequestNotification;
import dev.tidings.domain.notification.NotificationCommand.Reschedule;
import dev.tidings.domain.notification.NotificationCommand.Resolve;
import dev.tidings.domain.notification.NotificationEvent;
import dev.tidings.domain.notification.NotificationEvent.AttemptRecorded;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationRequest;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** Loads a {@link NotificationRequest}, lets it decide, and records the events. */
@AggregateRoot(type = "NotificationRequest")
public final class NotificationRequestAggregate {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // read by Axon
    private @Nullable NotificationId id;

    private NotificationRequest request = new NotificationRequest.Unborn();

    NotificationRequestAggregate() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    List<NotificationEvent> handle(RequestNotification command) {
        return record(request.decide(command));
    }

    @CommandHandler
    Recorded handle(RecordAttempt command, Categories categories, RandomGenerator random) {
        List<AttemptRecorded> events = record(request.decide(command, categories, random.nextDouble()));
        return new Recorded(events, request.hasEnded());
    }

    @CommandHandler
    List<? extends NotificationEvent> handle(RecordReport command) {
        return record(request.decide(command));
    }

    @CommandHandler
    List<? extends NotificationEvent> handle(Reschedule command) {
        return record(request.decide(command));
    }

    @CommandHandler
    List<? extends NotificationEvent> handle(Cancel command) {
        return record(request.decide(command));
    }

    @CommandHandler
    List<? extends NotificationEvent> handle(Expire command) {
        return record(request.decide(command));
    }

    @CommandHandler
    List<? extends NotificationEvent> handle(Redrive command, Categories categories) {
        return record(request.decide(command, categories));
    }

    @CommandHandler
    List<? extends NotificationEvent> handle(Resolve command) {
        return record(request.decide(command));
    }

    /** No events where there was nothing new; {@code ended} tells whether the notification has ended, now or before. */
    public record Recorded(List<AttemptRecorded> events, boolean ended) {

        public Optional<AttemptRecorded> latest() {
            return events.isEmpty() ? Optional.empty() : Optional.of(events.getLast());
        }
    }

    @EventSourcingHandler
    void on(NotificationEvent event) {
        id = event.notificationId();
        request = request.evolve(event);
    }

    private static <E extends NotificationEvent> List<E> record(List<E> events) {
        events.forEach(AggregateLifecycle::apply);
        return events;
    }
}
