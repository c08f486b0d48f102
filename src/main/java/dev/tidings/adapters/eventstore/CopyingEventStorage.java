package dev.tidings.adapters.eventstore;

import static org.axonframework.common.DateTimeUtils.formatInstant;

import dev.tidings.adapters.Batch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Axon's storage, but for how events are appended: all of a commit at once. All events are those of aggregates. */
final class CopyingEventStorage extends JdbcEventStorageEngine {

    private final JdbcTemplate jdbc;
    private final TransactionManager transactions;

    @SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
    private record Written(DomainEventMessage<?> event, SerializedObject<byte[]> payload, byte[] metadata) {}

    CopyingEventStorage(Builder builder, JdbcTemplate jdbc, TransactionManager transactions) {
        super(builder);
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (events.isEmpty()) {
            return;
        }
        Map<MetaData, byte[]> metadata = new HashMap<>();
        Batch<Written> batch = Batch.of(events.stream()
                        .map(event -> written((DomainEventMessage<?>) event, metadata, serializer))
                        .toList())
                .with("aggregate_identifier", "text", it -> it.event.getAggregateIdentifier())
                .with("sequence_number", "int8", it -> it.event.getSequenceNumber())
                .with("type", "text", it -> it.event.getType())
                .with("event_identifier", "text", it -> it.event.getIdentifier())
                .with("payload_type", "text", it -> it.payload.getType().getName())
                .with("payload_revision", "text", it -> it.payload.getType().getRevision())
                .with("payload", "bytea", it -> it.payload.getData())
                .with("meta_data", "bytea", Written::metadata)
                .with("time_stamp", "text", it -> formatInstant(it.event.getTimestamp()));
        try {
            transactions.executeInTransaction(() -> batch.insertInto("domain_event_entry", jdbc));
        } catch (DataAccessException e) {
            handlePersistenceException(e, events.getFirst());
        }
    }

    private static Written written(DomainEventMessage<?> event, Map<MetaData, byte[]> metadata, Serializer serializer) {
        return new Written(
                event,
                event.serializePayload(serializer, byte[].class),
                metadata.computeIfAbsent(
                        event.getMetaData(),
                        _ -> event.serializeMetaData(serializer, byte[].class).getData()));
    }
}
