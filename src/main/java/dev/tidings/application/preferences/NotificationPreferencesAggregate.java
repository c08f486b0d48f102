package dev.tidings.application.preferences;

import dev.tidings.domain.category.Categories;
import dev.tidings.domain.preferences.NotificationPreferences;
import dev.tidings.domain.preferences.PreferencesCommand.ChangePreferences;
import dev.tidings.domain.preferences.PreferencesCommand.CreatePreferences;
import dev.tidings.domain.preferences.PreferencesCommand.OpenPreferences;
import dev.tidings.domain.preferences.PreferencesEvent;
import dev.tidings.domain.preferences.PreferencesId;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** Loads {@link NotificationPreferences}, lets them decide, and records the events. */
@AggregateRoot(type = "NotificationPreferences")
public final class NotificationPreferencesAggregate {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // read by Axon
    private @Nullable PreferencesId id;

    private NotificationPreferences preferences = new NotificationPreferences.Unset();

    NotificationPreferencesAggregate() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    List<? extends PreferencesEvent> handle(CreatePreferences command, Categories categories) {
        return record(preferences.decide(command, categories));
    }

    /** Whoever opens preferences has looked whether there are any: loading them in vain costs an exception each. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    List<? extends PreferencesEvent> handle(OpenPreferences command) {
        return record(preferences.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    List<? extends PreferencesEvent> handle(ChangePreferences command, Categories categories) {
        return record(preferences.decide(command, categories));
    }

    @EventSourcingHandler
    void on(PreferencesEvent event) {
        id = event.preferencesId();
        preferences = preferences.evolve(event);
    }

    private static <E extends PreferencesEvent> List<E> record(List<E> events) {
        events.forEach(AggregateLifecycle::apply);
        return events;
    }
}
