package dev.tidings.adapters.eventstore;

import static org.axonframework.common.DateTimeUtils.formatInstant;

import java.sql.SQLException;
import java.util.List;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Axon's storage, but for how events are appended: the database takes those of a commit by COPY, which costs it two
 * thirds of what as many inserted rows do, and writes a record of its log for a page of them, not for each. All events
 * are those of aggregates.
 */
final class CopyingEventStorage extends JdbcEventStorageEngine {

    private static final int FIELDS = 9;
    private static final String COPY = """
            copy domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier, payload_type,
                                     payload_revision, payload, meta_data, time_stamp)
            from stdin (format binary)""";

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
        CopyData rows = new CopyData();
        events.forEach(event -> add(rows, (DomainEventMessage<?>) event, serializer));
        byte[] data = rows.end();
        try {
            transactions.executeInTransaction(() -> jdbc.execute(copy(data)));
        } catch (DataAccessException e) {
            handlePersistenceException(e, events.getFirst());
        }
    }

    private static void add(CopyData rows, DomainEventMessage<?> event, Serializer serializer) {
        SerializedObject<byte[]> payload = event.serializePayload(serializer, byte[].class);
        rows.row(FIELDS)
                .text(event.getAggregateIdentifier())
                .int8(event.getSequenceNumber())
                .text(event.getType())
                .text(event.getIdentifier())
                .text(payload.getType().getName())
                .text(payload.getType().getRevision())
                .bytea(payload.getData())
                .bytea(event.serializeMetaData(serializer, byte[].class).getData())
                .text(formatInstant(event.getTimestamp()));
    }

    private static ConnectionCallback<Long> copy(byte[] data) {
        return connection -> {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
            try {
                copy.writeToCopy(data, 0, data.length);
                return copy.endCopy();
            } catch (SQLException e) {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
                throw e;
            }
        };
    }
}
