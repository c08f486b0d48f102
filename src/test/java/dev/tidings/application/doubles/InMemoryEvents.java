package dev.tidings.application.doubles;

import dev.tidings.application.commit.EventLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * The event log. Unlike Axon's own in memory it takes part in transactions, and refuses a second event with the same
 * number in an aggregate's life.
 */
public final class InMemoryEvents implements EventStorageEngine, EventLog {

    private final InMemoryTransactions transactions;
    private final List<DomainEventMessage<?>> log = new ArrayList<>();
    private final Map<String, List<DomainEventMessage<?>>> byAggregate = new HashMap<>();
    private final ConcurrentLinkedQueue<Collection<?>> prefetches = new ConcurrentLinkedQueue<>();

    InMemoryEvents(InMemoryTransactions transactions) {
        this.transactions = transactions;
    }

    /** What was committed, oldest first. */
    public List<DomainEventMessage<?>> messages() {
        return transactions.inTurn(() -> List.copyOf(log));
    }

    public List<Object> payloads() {
        return messages().stream().<Object>map(DomainEventMessage::getPayload).toList();
    }

    /** Of one aggregate. */
    public List<Object> payloads(Object aggregateId) {
        return life(aggregateId.toString()).stream()
                .<Object>map(DomainEventMessage::getPayload)
                .toList();
    }

    @Override
    public void prefetch(Collection<?> aggregateIds) {
        prefetches.add(List.copyOf(aggregateIds));
    }

    @Override
    public Map<String, Map<String, ?>> origins(Collection<?> aggregateIds) {
        Map<String, Map<String, ?>> origins = new HashMap<>();
        aggregateIds.forEach(id -> life(id.toString()).stream()
                .findFirst()
                .ifPresent(first -> origins.put(id.toString(), first.getMetaData())));
        return origins;
    }

    public List<Collection<?>> prefetches() {
        return List.copyOf(prefetches);
    }

    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        transactions.inTurn(() -> {
            events.forEach(event -> append((DomainEventMessage<?>) event));
            return null;
        });
    }

    private void append(DomainEventMessage<?> event) {
        List<DomainEventMessage<?>> life =
                byAggregate.computeIfAbsent(event.getAggregateIdentifier(), id -> new ArrayList<>());
        if (event.getSequenceNumber() != life.size()) {
            throw new ConcurrencyException("event " + event.getSequenceNumber() + " of "
                    + event.getAggregateIdentifier() + " follows " + life.size() + " events");
        }
        life.add(event);
        log.add(event);
        transactions.onRollback(() -> {
            life.removeLast();
            log.removeLast();
        });
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(@Nullable TrackingToken after, boolean mayBlock) {
        int from = after == null ? 0 : (int) ((GlobalSequenceTrackingToken) after).getGlobalIndex() + 1;
        List<DomainEventMessage<?>> all = messages();
        return Stream.iterate(from, i -> i < all.size(), i -> i + 1)
                .map(i -> new GenericTrackedDomainEventMessage<>(new GlobalSequenceTrackingToken(i), all.get(i)));
    }

    @Override
    public DomainEventStream readEvents(String aggregateId, long firstSequence) {
        return DomainEventStream.of(life(aggregateId).stream().skip(firstSequence));
    }

    private List<DomainEventMessage<?>> life(String aggregateId) {
        return transactions.inTurn(() -> List.copyOf(byAggregate.getOrDefault(aggregateId, List.of())));
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return null;
    }

    @Override
    public TrackingToken createHeadToken() {
        return new GlobalSequenceTrackingToken(messages().size() - 1L);
    }

    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        throw new UnsupportedOperationException("no snapshots");
    }

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregateId) {
        return Optional.empty();
    }
}
