package dev.tidings.adapters.postgres;

import dev.tidings.application.commit.EventFormat;
import dev.tidings.application.notification.NotificationView;
import dev.tidings.application.notification.NotificationViews;
import dev.tidings.application.notification.NotificationViews.Projected;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.application.notification.ViewsBeside.Building;
import dev.tidings.application.notification.ViewsBeside.Differences;
import dev.tidings.application.notification.ViewsBeside.Step;
import dev.tidings.domain.notification.NotificationEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Never goes beyond what the live views show, so that the two can be compared; nor stays behind it when it takes their
 * place, so that whoever reads never sees anything go back.
 */
class PostgresBuilding implements Building {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresBuilding.class);

    private static final String LIVE = PostgresNotificationViews.TABLE;
    private static final String NEXT = LIVE + "_next";
    private static final String NEXT_SUFFIX = "_next";

    private static final int EVENTS = 5_000;
    private static final int EXAMPLES = 100;
    private static final int TRIES_TO_SWITCH = 30;
    /** More than after which autovacuum gives way. */
    private static final String TO_LOCK = "2s";

    /** PostgreSQL's manual, appendix A. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String READ = """
            select global_index, aggregate_identifier, sequence_number, payload_type, payload_revision, payload, meta_data
            from domain_event_entry
            where global_index > ? and global_index <= ? and global_index <> all (?)
              and starts_with(payload_type, 'notification.')
            order by global_index
            limit ?""";
    private static final String READ_GAPS = """
            select global_index, aggregate_identifier, sequence_number, payload_type, payload_revision, payload, meta_data
            from domain_event_entry
            where global_index = any (?) and starts_with(payload_type, 'notification.')
            order by global_index""";

    private static final String OPTIONS = """
            select 'alter table %s set (' || array_to_string(reloptions, ', ') || ')'
            from pg_class
            where oid = '%s'::regclass and reloptions is not null""".formatted(NEXT, LIVE);

    private static final String INDEXES = """
            select relname as name, pg_get_indexdef(indexrelid) as definition, indisprimary as primary_key
            from pg_index join pg_class on pg_class.oid = indexrelid
            where indrelid = ?::regclass
            order by relname""";

    private static final String COUNT_DIFFERENCES = """
            select count(*) filter (where live.notification_id is null) as missing,
                   count(*) filter (where next.notification_id is null) as superfluous,
                   count(*) as all
            from %s as live full join %s as next using (notification_id)
            where live is distinct from next""".formatted(LIVE, NEXT);
    private static final String EXAMPLES_OF_DIFFERENCES = """
            select notification_id::text as id
            from %s as live full join %s as next using (notification_id)
            where live is distinct from next
            limit %d""".formatted(LIVE, NEXT, EXAMPLES);

    private final SingleConnectionDataSource session;
    private final JdbcTemplate jdbc;
    private final EventFormat format;
    private final NotificationViews next;
    private final TransactionTemplate commit;
    private final TransactionTemplate snapshot;
    private Done done = new Done(-1, List.of());
    private boolean switched;

    /** All up to {@code index} is copied, but for the gaps. */
    private record Done(long index, List<Long> gaps) {}

    private record Index(String name, String definition, boolean primaryKey) {}

    private static final class Logged {

        private final long index;
        private final String aggregate;
        private final long sequence;
        private final String name;
        private final @Nullable String revision;
        private final byte[] payload;
        private final byte[] metadata;

        Logged(ResultSet row) throws SQLException {
            index = row.getLong("global_index");
            aggregate = row.getString("aggregate_identifier");
            sequence = row.getLong("sequence_number");
            name = row.getString("payload_type");
            revision = row.getString("payload_revision");
            payload = row.getBytes("payload");
            metadata = row.getBytes("meta_data");
        }
    }

    private PostgresBuilding(SingleConnectionDataSource session, JdbcTemplate jdbc, EventFormat format) {
        this.session = session;
        this.jdbc = jdbc;
        this.format = format;
        this.next = new PostgresNotificationViews(jdbc, NEXT);
        JdbcTransactionManager transactions = new JdbcTransactionManager(session);
        this.commit = new TransactionTemplate(transactions);
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    static PostgresBuilding begun(SingleConnectionDataSource session, JdbcTemplate jdbc, EventFormat format) {
        PostgresBuilding building = new PostgresBuilding(session, jdbc, format);
        building.begin();
        return building;
    }

    private void begin() {
        // Whatever a crash takes of them is made again.
        jdbc.execute("set synchronous_commit = off");
        jdbc.execute("set work_mem = '64MB'");
        jdbc.execute("drop table if exists " + NEXT);
        jdbc.execute("create table %s (like %s including all excluding indexes)".formatted(NEXT, LIVE));
        jdbc.queryForList(OPTIONS, String.class).forEach(jdbc::execute);
        jdbc.execute("alter table %s add constraint %s primary key (notification_id)"
                .formatted(
                        NEXT,
                        indexes(LIVE).stream()
                                        .filter(Index::primaryKey)
                                        .findFirst()
                                        .orElseThrow()
                                        .name
                                + NEXT_SUFFIX));
    }

    private List<Index> indexes(String table) {
        return jdbc.query(
                INDEXES,
                (row, _) ->
                        new Index(row.getString("name"), row.getString("definition"), row.getBoolean("primary_key")),
                table);
    }

    @Override
    public Step copy() {
        Copied copied = inOne(commit, () -> copy(position(), EVENTS));
        done = copied.done;
        return new Step(copied.read, copied.left);
    }

    private record Copied(Done done, long read, long left) {}

    private ViewsPosition position() {
        ViewsPosition position = ViewsPosition.of(jdbc);
        if (position.replaying()) {
            throw new IllegalStateException(
                    "The views are following the log from its beginning, or nobody has begun to: wait until they are there");
        }
        return position;
    }

    private Copied copy(ViewsPosition live, int limit) {
        List<Logged> late = late(live);
        List<Logged> events =
                jdbc.query(READ, (row, _) -> new Logged(row), done.index, live.index(), live.gapsArray(), limit);
        put(late);
        put(events);
        long reached = events.size() < limit ? Math.max(done.index, live.index()) : events.getLast().index;
        List<Long> gaps = live.gaps().stream().filter(gap -> gap <= reached).toList();
        return new Copied(new Done(reached, gaps), late.size() + events.size(), live.index() - reached);
    }

    /** What was passed before it had been committed. */
    private List<Logged> late(ViewsPosition live) {
        Long[] filled =
                done.gaps.stream().filter(gap -> !live.gaps().contains(gap)).toArray(Long[]::new);
        return filled.length == 0 ? List.of() : jdbc.query(READ_GAPS, (row, _) -> new Logged(row), (Object) filled);
    }

    private void put(List<Logged> events) {
        Map<String, Logged> latest = new LinkedHashMap<>();
        Set<String> begun = new HashSet<>();
        for (Logged event : events) {
            latest.put(event.aggregate, event);
            if (event.sequence == 0) {
                begun.add(event.aggregate);
            }
        }
        next.put(latest.values().parallelStream()
                .map(event -> projected(event, begun.contains(event.aggregate)))
                .toList());
    }

    private Projected projected(Logged event, boolean isNew) {
        return new Projected(
                NotificationView.after((NotificationEvent) format.payload(event.name, event.revision, event.payload)),
                RequestContext.of(format.metadata(event.metadata)),
                event.sequence,
                isNew);
    }

    @Override
    public void index() {
        for (Index index : indexes(LIVE)) {
            if (!index.primaryKey) {
                jdbc.execute(ofNext(index));
            }
        }
        jdbc.execute("analyze " + NEXT);
    }

    private static String ofNext(Index index) {
        String named = index.definition.replaceFirst(
                "INDEX " + index.name + " ON (\\S+\\.)?" + LIVE + " ",
                "INDEX " + index.name + NEXT_SUFFIX + " ON $1" + NEXT + " ");
        if (named.equals(index.definition)) {
            throw new IllegalStateException("An index that can't be made again: " + index.definition);
        }
        return named;
    }

    @Override
    public Differences compare() {
        return inOne(snapshot, () -> {
            ViewsPosition live = position();
            Copied copied = copy(live, Integer.MAX_VALUE);
            Differences found =
                    jdbc.query(COUNT_DIFFERENCES, (row, _) -> found(row)).getFirst();
            done = copied.done;
            return found;
        });
    }

    private Differences found(ResultSet row) throws SQLException {
        long missing = row.getLong("missing");
        long superfluous = row.getLong("superfluous");
        long all = row.getLong("all");
        return new Differences(
                missing,
                superfluous,
                all - missing - superfluous,
                all == 0 ? List.of() : jdbc.query(EXAMPLES_OF_DIFFERENCES, (example, _) -> example.getString("id")));
    }

    /** Tries for a moment only each time: whoever reads waits behind it. */
    @Override
    public long takeTheirPlace() {
        for (int tries = 1; ; tries++) {
            try {
                long read = inOne(commit, this::switchOver);
                switched = true;
                return read;
            } catch (DataAccessException e) {
                if (tries == TRIES_TO_SWITCH || !isTimeout(e)) {
                    throw e;
                }
                LOG.info("Somebody reads the old views for long; the new ones try again to take their place");
                copy();
            }
        }
    }

    private static boolean isTimeout(DataAccessException e) {
        return e.getRootCause() instanceof SQLException cause && LOCK_NOT_AVAILABLE.equals(cause.getSQLState());
    }

    /**
     * The tables are locked before anything else, the new one first: only autovacuum can hold that one, which gives way
     * after PostgreSQL's {@code deadlock_timeout}, 1 s if nobody has changed it. A batch of the live projection writes
     * the old one first and then its position: to hold that row instead would be a deadlock with a batch that waits for
     * it and has written already.
     */
    private long switchOver() {
        jdbc.execute("set local lock_timeout = '" + TO_LOCK + "'");
        jdbc.execute("set local synchronous_commit = on");
        jdbc.execute("lock table " + NEXT + " in access exclusive mode");
        jdbc.execute("lock table " + LIVE + " in exclusive mode");
        Copied rest = copy(position(), Integer.MAX_VALUE);
        jdbc.execute("drop table " + LIVE);
        jdbc.execute("alter table %s rename to %s".formatted(NEXT, LIVE));
        for (Index index : indexes(LIVE)) {
            jdbc.execute("alter index %s rename to %s"
                    .formatted(index.name, index.name.substring(0, index.name.length() - NEXT_SUFFIX.length())));
        }
        return rest.read;
    }

    @SuppressWarnings("NullAway") // what these yield is never null
    private static <T> T inOne(TransactionTemplate transaction, Supplier<T> work) {
        return transaction.execute(_ -> work.get());
    }

    @Override
    public void close() {
        try {
            if (!switched) {
                jdbc.execute("drop table if exists " + NEXT);
            }
        } catch (DataAccessException e) {
            LOG.info("What was left of a rebuild of the views is dropped by the next one: {}", e.getMessage());
        } finally {
            session.destroy();
        }
    }
}
