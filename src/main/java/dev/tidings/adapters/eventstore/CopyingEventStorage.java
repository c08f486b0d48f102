package dev.tidings.adapters.eventstore;

import static org.axonframework.common.DateTimeUtils.formatInstant;

import dev.tidings.adapters.BulkInsert;
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
        BulkInsert rows = BulkInsert.into(
                "domain_event_entry",
                "aggregate_identifier",
                "sequence_number",
                "type",
                "event_identifier",
                "payload_type",
                "payload_revision",
                "payload",
                "meta_data",
                "time_stamp");
        Map<MetaData, byte[]> metadata = new HashMap<>();
        for (EventMessage<?> event : events) {
            byte[] written = metadata.computeIfAbsent(
                    event.getMetaData(),
                    _ -> event.serializeMetaData(serializer, byte[].class).getData());
            add(rows, (DomainEventMessage<?>) event, written, serializer);
        }
        try {
            transactions.executeInTransaction(() -> rows.run(jdbc));
        } catch (DataAccessException e) {
            handlePersistenceException(e, events.getFirst());
        }
    }

    private static void add(BulkInsert rows, DomainEventMessage<?> event, byte[] metadata, Serializer serializer) {
        SerializedObject<byte[]> payload = event.serializePayload(serializer, byte[].class);
        rows.row()
                .text(event.getAggregateIdentifier())
                .int8(event.getSequenceNumber())
                .text(event.getType())
                .text(event.getIdentifier())
                .text(payload.getType().getName())
                .text(payload.getType().getRevision())
                .bytea(payload.getData())
                .bytea(metadata)
                .text(formatInstant(event.getTimestamp()));
    }
}
