package dev.tidings.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.tidings.testing.PrivatePostgres;
import dev.tidings.testing.Wire;
import io.r2dbc.pool.ConnectionPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.r2dbc.core.DatabaseClient;

/** A primary that is gone without a word: what was sent is swallowed, and nothing comes back. */
@Timeout(60)
class VanishedPrimaryTest {

    private static final PGSimpleDataSource DATABASE = PrivatePostgres.migrated();
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private final Wire wire = Wire.to(DATABASE.getPortNumbers()[0]);
    private final DatabaseSettings settings = new DatabaseSettings(
            "postgresql://postgres@127.0.0.1:" + wire.port() + "/" + DATABASE.getDatabaseName(),
            "",
            Duration.ofSeconds(2),
            SILENCE,
            4,
            2);
    private final DatabaseConfiguration configuration = new DatabaseConfiguration();

    @AfterEach
    void close() {
        wire.close();
    }

    @Test
    void a_statement_under_way_ends_as_an_outage_and_the_work_goes_on_when_the_primary_is_back() {
        try (HikariDataSource pool = configuration.dataSource(settings)) {
            JdbcTemplate jdbc = new JdbcTemplate(pool);
            jdbc.execute("select 1");

            assertThatThrownBy(() -> {
                        try (Connection connection = pool.getConnection();
                                Statement statement = connection.createStatement()) {
                            wire.vanish();
                            statement.execute("select 1");
                        }
                    })
                    .satisfies(thrown ->
                            assertThat(new PostgresOutages().isOutage(thrown)).isTrue());

            wire.mend();
            await().ignoreExceptionsInstanceOf(DataAccessException.class)
                    .until(() -> Objects.equals(jdbc.queryForObject("select 1", Integer.class), 1));
        }
    }

    @Test
    void a_commit_under_way_ends_as_an_outage() throws SQLException {
        try (HikariDataSource pool = configuration.dataSource(settings);
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("create table if not exists committed (id int)");
            wire.vanish();

            assertThatThrownBy(connection::commit)
                    .satisfies(thrown ->
                            assertThat(new PostgresOutages().isOutage(thrown)).isTrue());
        }
    }

    @Test
    void what_may_rightly_take_long_is_waited_for() throws SQLException {
        DataSource migrations = configuration.migrations(settings);
        try (Connection connection = migrations.getConnection();
                Statement statement = connection.createStatement()) {
            long begun = System.nanoTime();

            statement.execute("select pg_sleep(" + SILENCE.plusSeconds(1).toSeconds() + ")");

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(SILENCE);
        }
    }

    @Test
    void a_read_fails_and_reading_goes_on_when_the_primary_is_back() {
        ConnectionPool pool = configuration.reads(settings);
        try {
            StandbyFirst reads = new StandbyFirst(DatabaseClient.create(pool), null, monitor(settings));
            assertThat(one(reads)).isEqualTo(1);

            wire.vanish();
            assertThatThrownBy(() -> one(reads)).isInstanceOf(RuntimeException.class);

            wire.mend();
            await().ignoreExceptions().until(() -> one(reads) == 1);
        } finally {
            pool.dispose();
        }
    }

    /** The machine that a connection goes to answers these, not the process: no proxy can be silent about them. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void an_idle_connection_asks_soon_whether_the_other_machine_is_there() throws SQLException {
        ConnectionPool pool = configuration.reads(settings);
        try (Connection _ = configuration.migrations(settings).getConnection()) {
            await("by JDBC and by R2DBC").until(() -> secondsToKeepalive().count() >= 2);

            assertThat(secondsToKeepalive()).allMatch(seconds -> seconds <= KeptAliveSockets.IDLE);
        } finally {
            pool.dispose();
        }
    }

    /** Of connections to the wire: see proc_net_tcp.txt of the kernel. */
    private Stream<Long> secondsToKeepalive() throws SQLException {
        String remote = "0100007F:%04X".formatted(wire.port());
        try {
            return Stream.concat(
                            Files.readAllLines(Path.of("/proc/net/tcp")).stream(),
                            Files.readAllLines(Path.of("/proc/net/tcp6")).stream())
                    .map(line -> line.trim().split("\\s+"))
                    .filter(fields -> fields[2].endsWith(remote) && fields[5].startsWith("02:"))
                    .map(fields -> Long.parseLong(fields[5].substring(3), 16) / 100);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static StandbyMonitor monitor(DatabaseSettings settings) {
        return new StandbyMonitor(
                new JdbcTemplate(DATABASE), null, settings.maxStandbyLag(), java.time.InstantSource.system());
    }

    private static int one(StandbyFirst reads) {
        return Objects.requireNonNull(reads.readNow(client -> client.sql("select 1")
                        .map(row -> Objects.requireNonNull(row.get(0, Integer.class)))
                        .one())
                .block(Duration.ofSeconds(20)));
    }
}
