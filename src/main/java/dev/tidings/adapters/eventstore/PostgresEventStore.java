package dev.tidings.adapters.eventstore;

import dev.tidings.application.commit.CommittedEvents;
import dev.tidings.application.commit.CommittedEvents.Committed;
import dev.tidings.application.commit.EventLog;
import dev.tidings.application.commit.Wakeable;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Axon's event store with three things more: it reads many aggregates in one query, it wakes those that follow the log
 * as soon as there is something to read, and it says what was committed.
 */
final class PostgresEventStore extends EmbeddedEventStore implements EventLog {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresEventStore.class);
    private static final String PREFETCHED = PostgresEventStore.class.getName() + ".prefetched";

    private final AggregateEvents aggregateEvents;
    private final Wakeable followers;
    private final Supplier<List<CommittedEvents>> listeners;
    private final Newborn newborn = new Newborn();

    PostgresEventStore(
            Builder builder,
            AggregateEvents aggregateEvents,
            Wakeable followers,
            Supplier<List<CommittedEvents>> listeners) {
        super(builder.optimizeEventConsumption(false));
        this.aggregateEvents = aggregateEvents;
        this.followers = followers;
        this.listeners = listeners;
    }

    @Override
    public void prefetch(Collection<?> aggregateIds) {
        Map<String, List<DomainEventMessage<?>>> prefetched =
                CurrentUnitOfWork.get().root().getOrComputeResource(PREFETCHED, _ -> new HashMap<>());
        Set<String> missing = new HashSet<>();
        aggregateIds.forEach(id -> missing.add(id.toString()));
        Map<String, List<DomainEventMessage<?>>> known = newborn.take(missing);
        missing.removeAll(known.keySet());
        prefetched.putAll(known);
        prefetched.putAll(aggregateEvents.of(missing));
    }

    @Override
    public Map<String, Map<String, ?>> origins(Collection<?> aggregateIds) {
        return aggregateEvents.origins(
                aggregateIds.stream().map(Object::toString).distinct().toList());
    }

    /** What was prefetched is used once: a second load in the same unit of work must see what the first led to. */
    @Override
    public DomainEventStream readEvents(String aggregateIdentifier) {
        if (CurrentUnitOfWork.isStarted()) {
            Map<String, List<DomainEventMessage<?>>> prefetched =
                    CurrentUnitOfWork.get().root().getResource(PREFETCHED);
            List<DomainEventMessage<?>> events = prefetched == null ? null : prefetched.remove(aggregateIdentifier);
            if (events != null) {
                return DomainEventStream.of(events);
            }
        }
        return super.readEvents(aggregateIdentifier);
    }

    /** Called once for all events of a commit, by the outermost unit of work. */
    @Override
    protected void prepareCommit(List<? extends EventMessage<?>> events) {
        super.prepareCommit(events);
        List<? extends EventMessage<?>> appended = List.copyOf(events);
        if (CurrentUnitOfWork.isStarted()) {
            UnitOfWork<?> root = CurrentUnitOfWork.get().root();
            root.afterCommit(_ -> tell(appended));
        } else {
            tell(appended);
        }
    }

    private void tell(List<? extends EventMessage<?>> events) {
        newborn.add(events);
        List<Committed> committed = events.stream()
                .map(event -> new Committed(event.getPayload(), event.getMetaData()))
                .toList();
        for (CommittedEvents listener : listeners.get()) {
            try {
                listener.committed(committed);
            } catch (RuntimeException e) {
                LOG.error(
                        "{} failed to hear of committed events",
                        listener.getClass().getSimpleName(),
                        e);
            }
        }
    }

    @Override
    protected void afterCommit(List<? extends EventMessage<?>> events) {
        followers.wake();
    }
}
