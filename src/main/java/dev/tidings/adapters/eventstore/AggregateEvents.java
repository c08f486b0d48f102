package dev.tidings.adapters.eventstore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.springframework.jdbc.core.JdbcTemplate;

/** The events of many aggregates, read on the primary in one query. */
final class AggregateEvents {

    private static final String FIND = """
            select aggregate_identifier, sequence_number, type, event_identifier, payload_type, payload_revision, payload,
                   meta_data, time_stamp
            from domain_event_entry
            where aggregate_identifier = any (?)
            order by aggregate_identifier, sequence_number""";

    private static final String ORIGINS = """
            select aggregate_identifier, meta_data
            from domain_event_entry
            where aggregate_identifier = any (?) and sequence_number = 0""";

    private final JdbcTemplate jdbc;
    private final EventJson json;

    AggregateEvents(JdbcTemplate jdbc, EventJson json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Has an entry, though maybe an empty one, for each id. */
    Map<String, List<DomainEventMessage<?>>> of(Collection<String> aggregateIds) {
        Map<String, List<DomainEventMessage<?>>> events = new HashMap<>();
        if (aggregateIds.isEmpty()) {
            return events;
        }
        aggregateIds.forEach(id -> events.put(id, new ArrayList<>()));
        jdbc.query(
                FIND,
                row -> {
                    String aggregateId = row.getString("aggregate_identifier");
                    events.computeIfAbsent(aggregateId, _ -> new ArrayList<>())
                            .add(new GenericDomainEventMessage<>(
                                    row.getString("type"),
                                    aggregateId,
                                    row.getLong("sequence_number"),
                                    json.payload(
                                            row.getString("payload_type"),
                                            row.getString("payload_revision"),
                                            row.getBytes("payload")),
                                    MetaData.from(json.metadata(row.getBytes("meta_data"))),
                                    row.getString("event_identifier"),
                                    Instant.parse(row.getString("time_stamp"))));
                },
                (Object) aggregateIds.toArray(String[]::new));
        return events;
    }

    Map<String, Map<String, ?>> origins(Collection<String> aggregateIds) {
        Map<String, Map<String, ?>> origins = new HashMap<>();
        jdbc.query(
                ORIGINS,
                row -> {
                    origins.put(row.getString("aggregate_identifier"), json.metadata(row.getBytes("meta_data")));
                },
                (Object) aggregateIds.toArray(String[]::new));
        return origins;
    }
}
