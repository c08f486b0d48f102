package dev.tidings.adapters.embedded;

import static org.awaitility.Awaitility.await;

import dev.tidings.testing.Freezing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL of one's own that may be killed, frozen, promoted and made to follow another one. Ends with this JVM at
 * the latest. User postgres needs no password.
 */
public final class PrivatePostgres implements AutoCloseable {

    public static final String DATABASE = "tidings";

    private static final String FOLLOWER = "standby";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path data;
    private final int port = Port.anyFree("").number();
    private final Thread atExit = new Thread(this::end);
    private PostgresServer server;

    private PrivatePostgres(Path data) {
        this.data = data;
        this.server = server(Map.of());
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    private PostgresServer server(Map<String, String> settings) {
        return new PostgresServer(data, port, new PostgresBinaries(TinyTidings.binaries()), settings);
    }

    /** A primary with an empty database. {@code data} must not be there yet. */
    public static PrivatePostgres started(Path data) {
        PrivatePostgres postgres = new PrivatePostgres(data);
        try {
            postgres.server.create();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        postgres.start();
        postgres.execute("postgres", "create database " + DATABASE);
        return postgres;
    }

    /** A standby of {@code primary}, streaming. */
    public static PrivatePostgres following(PrivatePostgres primary, Path data) {
        PrivatePostgres postgres = new PrivatePostgres(data);
        postgres.follow(primary);
        return postgres;
    }

    /** Becomes a fresh copy of {@code primary}, whatever it was before, and returns when it streams. */
    public void follow(PrivatePostgres primary) {
        stop();
        server = server(Map.of(
                "primary_conninfo",
                "host=" + Port.HOST.getHostAddress() + " port=" + primary.port + " user=postgres application_name="
                        + FOLLOWER,
                "primary_slot_name",
                FOLLOWER));
        try {
            PostgresClone.of(primary.server, server, FOLLOWER);
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("can't copy " + primary.data, e);
        }
        start();
        primary.awaitFollower();
    }

    public void awaitFollower() {
        await("a standby that streams, see " + data.resolveSibling("log"))
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> answers("select exists (select from pg_stat_replication where state = 'streaming'"
                        + " and application_name = '" + FOLLOWER + "')"));
    }

    /** Whether commits wait until the standby has them on disk, too. */
    public void commitOnFollowerToo(boolean wanted) {
        execute(DATABASE, "alter system set synchronous_standby_names = '" + (wanted ? FOLLOWER : "") + "'");
        execute(DATABASE, "select pg_reload_conf()");
        await().atMost(PATIENCE)
                .until(() -> answers("select count(*) = " + (wanted ? 1 : 0)
                        + " from pg_stat_replication where sync_state = 'sync'"));
    }

    public void promote() {
        execute(DATABASE, "select pg_promote(true, " + PATIENCE.toSeconds() + ")");
    }

    /** Starts on what was there before. After a kill that takes more than one try: orphans may hold its memory still. */
    public void start() {
        await("PostgreSQL on " + data)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreException(IOException.class)
                .until(() -> {
                    server.start();
                    return true;
                });
    }

    public void stop() {
        server.stop();
    }

    /** SIGKILL, to all its processes at once. */
    public void kill() {
        List<ProcessHandle> all = processes();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(PrivatePostgres::awaitEnd);
    }

    public void freeze() {
        Freezing.freeze(processes());
        // Those that the postmaster started before it stood still.
        Freezing.freeze(processes());
    }

    public void thaw() {
        Freezing.thaw(processes());
    }

    public boolean isRunning() {
        return !processes().isEmpty();
    }

    private List<ProcessHandle> processes() {
        try {
            return Postmaster.of(data)
                    .flatMap(Postmaster::process)
                    .map(postmaster -> Stream.concat(Stream.of(postmaster), postmaster.descendants())
                            .toList())
                    .orElse(List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("process " + process.pid() + " doesn't end", e);
        }
    }

    public int port() {
        return port;
    }

    public String url() {
        return server.url(DATABASE);
    }

    public Connection connect() throws SQLException {
        return server.connect(DATABASE);
    }

    private void execute(String database, String sql) {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private boolean answers(String question) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        end();
    }

    private void end() {
        if (isRunning()) {
            thaw();
            stop();
        }
    }
}
