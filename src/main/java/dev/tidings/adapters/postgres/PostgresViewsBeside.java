package dev.tidings.adapters.postgres;

import dev.tidings.application.commit.EventFormat;
import dev.tidings.application.notification.ViewsBeside;
import dev.tidings.application.notification.ViewsBeside.Differences;
import dev.tidings.application.notification.ViewsBeside.Phase;
import dev.tidings.application.notification.ViewsBeside.Progress;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** One rebuild at a time, on a session of its own: with it goes the lock, however its process ends. */
class PostgresViewsBeside implements ViewsBeside {

    private static final String LOCK = "select pg_try_advisory_lock(hashtext('tidings.views'), hashtext('rebuild'))";
    private static final String LOCKED = """
            select exists (
                select
                from pg_locks
                where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())
                  and classid::bigint = hashtext('tidings.views')::bigint & 4294967295
                  and objid::bigint = hashtext('rebuild')::bigint & 4294967295)""";

    private static final String NOTE = """
            insert into views_rebuild (node, phase, events_read, events_left, events_per_second, started_at, seen_at,
                missing, superfluous, different, examples, problem)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (only_one) do update
            set node = excluded.node, phase = excluded.phase, events_read = excluded.events_read,
                events_left = excluded.events_left, events_per_second = excluded.events_per_second,
                started_at = excluded.started_at, seen_at = excluded.seen_at, missing = excluded.missing,
                superfluous = excluded.superfluous, different = excluded.different, examples = excluded.examples,
                problem = excluded.problem""";

    private final DataSource sessions;
    private final JdbcTemplate jdbc;
    private final EventFormat format;

    /** @param sessions each connection of which is a session that ends when it is closed */
    PostgresViewsBeside(DataSource sessions, JdbcTemplate jdbc, EventFormat format) {
        this.sessions = sessions;
        this.jdbc = jdbc;
        this.format = format;
    }

    @Override
    public Optional<Building> begin() {
        SingleConnectionDataSource session = session();
        try {
            JdbcTemplate alone = new JdbcTemplate(session);
            if (Boolean.TRUE.equals(alone.queryForObject(LOCK, Boolean.class))) {
                return Optional.of(PostgresBuilding.begun(session, alone, format));
            }
        } catch (RuntimeException e) {
            session.destroy();
            throw e;
        }
        session.destroy();
        return Optional.empty();
    }

    private SingleConnectionDataSource session() {
        try {
            Connection connection = sessions.getConnection();
            return new SingleConnectionDataSource(connection, true);
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("No session for a rebuild of the views", e);
        }
    }

    @Override
    public boolean isUnderWay() {
        return Boolean.TRUE.equals(jdbc.queryForObject(LOCKED, Boolean.class));
    }

    @Override
    public void note(Progress progress) {
        Differences differences = progress.differences();
        jdbc.update(
                NOTE,
                progress.node(),
                progress.phase().name().toLowerCase(Locale.ROOT),
                progress.read(),
                progress.left(),
                progress.perSecond(),
                progress.startedAt().atOffset(ZoneOffset.UTC),
                progress.seenAt().atOffset(ZoneOffset.UTC),
                differences == null ? null : differences.missing(),
                differences == null ? null : differences.superfluous(),
                differences == null ? null : differences.different(),
                differences == null ? null : differences.examples().toArray(String[]::new),
                progress.problem());
    }

    @Override
    public Optional<Progress> noted() {
        return jdbc.query("select * from views_rebuild", (row, _) -> progress(row)).stream()
                .findFirst();
    }

    private static Progress progress(ResultSet row) throws SQLException {
        return new Progress(
                row.getString("node"),
                Phase.valueOf(row.getString("phase").toUpperCase(Locale.ROOT)),
                row.getLong("events_read"),
                row.getLong("events_left"),
                row.getLong("events_per_second"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getObject("seen_at", OffsetDateTime.class).toInstant(),
                differences(row),
                row.getString("problem"));
    }

    private static @Nullable Differences differences(ResultSet row) throws SQLException {
        Array examples = row.getArray("examples");
        return examples == null
                ? null
                : new Differences(
                        row.getLong("missing"), row.getLong("superfluous"), row.getLong("different"), List.of((String[])
                                examples.getArray()));
    }
}
