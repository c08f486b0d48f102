package dev.tidings.adapters.postgres;

import dev.tidings.application.InvalidInput;
import dev.tidings.application.InvalidInput.FieldError;
import dev.tidings.application.commit.EventFormat;
import dev.tidings.application.ledger.Ledger;
import dev.tidings.application.ledger.Sheet;
import dev.tidings.application.ledger.Tally;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.notification.NotificationEvent;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts in one snapshot, on the standby while it can be trusted. What is one commit is seen as a whole there, too, and
 * the position of the views is committed with them; so nothing needs to be allowed for what is under way.
 */
class PostgresLedger implements Ledger {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(PostgresLedger.class);

    /**
     * The word of a {@code resolved} is part of what it says; all others say by their name whether they are an end. Whose
     * each is, is read once, and by a parser that keeps nothing.
     */
    private static final String LOGGED = """
            with life as (
                select aggregate_identifier, sequence_number, global_index, payload_type, payload_revision, payload,
                       row_number() over events as number,
                       lead(sequence_number) over events is null as latest,
                       first_value(sequence_number) over events = 0 as accepted,
                       first_value(meta_data) over events as origin
                from domain_event_entry
                where aggregate_identifier >= ? and aggregate_identifier < ?
                window events as (partition by aggregate_identifier order by sequence_number)),
            standing as materialized (
                select convert_from(origin, 'UTF8')::json ->> 'serviceId' as service_id,
                       acceptance_hour(aggregate_identifier) as hour,
                       payload_type, payload_revision,
                       case payload_type when 'notification.resolved'
                            then convert_from(payload, 'UTF8')::jsonb ->> 'resolution' end as word,
                       global_index <= ? and global_index <> all (?) as shown,
                       accepted, sequence_number + 1 - number as missing, global_index
                from life
                where latest)
            select service_id, hour, payload_type, payload_revision, word, shown,
                   count(*) as notifications, count(*) filter (where accepted) as accepted, sum(missing) as missing,
                   min(global_index) as example
            from standing
            where service_id = coalesce(?, service_id)
            group by service_id, hour, payload_type, payload_revision, word, shown""";

    private static final String EXAMPLE =
            "select payload_type, payload_revision, payload from domain_event_entry where global_index = ?";

    /** What the views don't know yet is little, and looked up once; not for each row whether there is more of it. */
    private static final String VIEWED = """
            with ahead as materialized (
                select aggregate_identifier from domain_event_entry where global_index > ?
                union
                select aggregate_identifier from domain_event_entry where global_index = any (?))
            select service_id, acceptance_hour(notification_id::text) as hour, status, count(*) as notifications
            from notification_view
            where notification_id >= ?::uuid and notification_id < ?::uuid and service_id = coalesce(?, service_id)
              and not exists (select from ahead where aggregate_identifier = notification_id::text)
            group by service_id, hour, status""";

    private static final String QUEUED = """
            select service_id, acceptance_hour(notification_id::text) as hour, count(*) as notifications
            from delivery_queue
            where notification_id >= ?::uuid and notification_id < ?::uuid and service_id = coalesce(?, service_id)
            group by service_id, hour""";

    private static final Comparator<Key> ORDER =
            Comparator.comparing(Key::service).thenComparingLong(Key::hour);

    private final DataSource primary;
    private final @Nullable DataSource standby;
    private final BooleanSupplier standbyUsable;
    private final EventFormat format;

    private record Key(String service, long hour) {

        static Key of(ResultSet row) throws SQLException {
            return new Key(row.getString("service_id"), row.getLong("hour"));
        }
    }

    private record Meaning(
            String name,
            @Nullable String revision,
            @Nullable String word) {}

    PostgresLedger(
            DataSource primary, @Nullable DataSource standby, BooleanSupplier standbyUsable, EventFormat format) {
        this.primary = primary;
        this.standby = standby;
        this.standbyUsable = standbyUsable;
        this.format = format;
    }

    @Override
    public List<Sheet> count(Instant from, Instant to, @Nullable ServiceId service) {
        Range range = new Range(first(from), first(to), service == null ? null : service.value());
        try {
            return standby != null && standbyUsable.getAsBoolean() ? standbyFirst(standby, range) : on(primary, range);
        } catch (QueryTimeoutException e) {
            throw new InvalidInput(List.of(new FieldError(
                    "from",
                    "is too long before \"to\": there is more than can be counted in " + PATIENCE.toSeconds() + " s")));
        }
    }

    private record Range(String first, String end, @Nullable String service) {}

    /** Not before any id of that millisecond. */
    private static String first(Instant at) {
        return NotificationId.at(at.toEpochMilli(), 0, 0).toString();
    }

    private List<Sheet> standbyFirst(DataSource standby, Range range) {
        try {
            return on(standby, range);
        } catch (QueryTimeoutException e) {
            throw e;
        } catch (DataAccessException e) {
            LOG.info("The standby could not count, the primary does: {}", e.getMessage());
            return on(primary, range);
        }
    }

    private List<Sheet> on(DataSource database, Range range) {
        TransactionTemplate snapshot = new TransactionTemplate(new JdbcTransactionManager(database));
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
        return snapshot.execute(_ -> count(new JdbcTemplate(database), range));
    }

    private List<Sheet> count(JdbcTemplate jdbc, Range range) {
        ViewsPosition position = ViewsPosition.of(jdbc);
        Map<Key, Counted> counted = new TreeMap<>(ORDER);
        countLogged(jdbc, range, position, counted);
        countViewed(jdbc, range, position, counted);
        countQueued(jdbc, range, counted);
        return counted.entrySet().stream()
                .map(entry -> entry.getValue().sheet(entry.getKey()))
                .toList();
    }

    private void countLogged(JdbcTemplate jdbc, Range range, ViewsPosition position, Map<Key, Counted> counted) {
        Map<Meaning, NotificationStatus> meanings = new HashMap<>();
        jdbc.query(
                        LOGGED,
                        (row, _) -> Logged.of(row),
                        range.first,
                        range.end,
                        position.index(),
                        position.gapsArray(),
                        range.service)
                .forEach(logged -> {
                    NotificationStatus status =
                            meanings.computeIfAbsent(logged.meaning, _ -> status(jdbc, logged.example));
                    counted.computeIfAbsent(logged.key, _ -> new Counted()).add(logged, status);
                });
    }

    private record Logged(
            Key key, Meaning meaning, boolean shown, long notifications, long accepted, long missing, long example) {

        static Logged of(ResultSet row) throws SQLException {
            return new Logged(
                    Key.of(row),
                    new Meaning(
                            row.getString("payload_type"), row.getString("payload_revision"), row.getString("word")),
                    row.getBoolean("shown"),
                    row.getLong("notifications"),
                    row.getLong("accepted"),
                    row.getLong("missing"),
                    row.getLong("example"));
        }
    }

    private NotificationStatus status(JdbcTemplate jdbc, long example) {
        return jdbc.query(
                        EXAMPLE,
                        (row, _) -> NotificationStatus.after((NotificationEvent) format.payload(
                                row.getString("payload_type"),
                                row.getString("payload_revision"),
                                row.getBytes("payload"))),
                        example)
                .getFirst();
    }

    private static void countViewed(JdbcTemplate jdbc, Range range, ViewsPosition position, Map<Key, Counted> counted) {
        jdbc.query(
                VIEWED,
                row -> {
                    NotificationStatus status =
                            NotificationStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT));
                    long count = row.getLong("notifications");
                    Counted sum = counted.computeIfAbsent(Key.of(row), _ -> new Counted());
                    sum.views = sum.views.plus(status, count, count);
                },
                position.index(),
                position.gapsArray(),
                range.first,
                range.end,
                range.service);
    }

    private static void countQueued(JdbcTemplate jdbc, Range range, Map<Key, Counted> counted) {
        jdbc.query(
                QUEUED,
                row -> {
                    counted.computeIfAbsent(Key.of(row), _ -> new Counted()).queued = row.getLong("notifications");
                },
                range.first,
                range.end,
                range.service);
    }

    private static final class Counted {

        private Tally log = Tally.NONE;
        private long missing;
        private Tally shown = Tally.NONE;
        private Tally views = Tally.NONE;
        private long queued;

        void add(Logged logged, NotificationStatus status) {
            log = log.plus(status, logged.accepted, logged.notifications);
            missing += logged.missing;
            if (logged.shown) {
                shown = shown.plus(status, logged.accepted, logged.notifications);
            }
        }

        Sheet sheet(Key key) {
            return new Sheet(
                    new ServiceId(key.service),
                    Instant.EPOCH.plus(Duration.ofHours(key.hour)),
                    log,
                    missing,
                    shown,
                    views,
                    queued);
        }
    }
}
