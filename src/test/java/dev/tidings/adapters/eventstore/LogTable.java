package dev.tidings.adapters.eventstore;

import dev.tidings.domain.preferences.PreferencesEvent.PreferencesCreated;
import dev.tidings.domain.preferences.PreferencesId;
import dev.tidings.domain.recipient.UserId;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.messaging.MetaData;
import org.springframework.jdbc.core.JdbcTemplate;

/** Events as rows of the log, each of a life of its own. */
record LogTable(JdbcTemplate jdbc, EventJson json) {

    private static final String APPEND = """
            insert into domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier, payload_type,
                payload_revision, payload, meta_data, time_stamp)
            values (?, 0, 'NotificationPreferences', ?, 'preferences.created', '1', ?, ?, ?)
            returning global_index""";

    /** Yields its number in the log. */
    long append(String userId, Instant at) {
        return append(jdbc, userId, at);
    }

    long append(JdbcTemplate session, String userId, Instant at) {
        Object event = new PreferencesCreated(new PreferencesId(new UserId(userId)), Map.of(), at);
        return Objects.requireNonNull(session.queryForObject(
                APPEND,
                Long.class,
                userId,
                UUID.randomUUID().toString(),
                json.serialize(event, byte[].class).getData(),
                json.serialize(MetaData.with("serviceId", "shop"), byte[].class).getData(),
                DateTimeUtils.formatInstant(at)));
    }

    /** Numbers that are never used, as a transaction leaves them that is rolled back. */
    void skip(int numbers) {
        jdbc.queryForList(
                "select nextval(pg_get_serial_sequence('domain_event_entry', 'global_index')) from generate_series(1, ?)",
                numbers);
    }
}
