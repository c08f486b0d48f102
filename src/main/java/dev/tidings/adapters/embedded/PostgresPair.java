package dev.tidings.adapters.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A primary, and a standby that streams from it. */
final class PostgresPair implements Part {

    private static final Logger log = LoggerFactory.getLogger(PostgresPair.class);
    private static final String DATABASE = "tidings";
    private static final String SLOT = "standby";
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Port primaryPort;
    private final Port standbyPort;
    private final PostgresServer primary;
    private final PostgresServer standby;
    private final Duration followLimit;
    private volatile boolean follows;

    PostgresPair(Path directory, PostgresBinaries binaries, Port primaryPort, Port standbyPort) {
        this(directory, binaries, primaryPort, standbyPort, Duration.ofSeconds(20));
    }

    PostgresPair(Path directory, PostgresBinaries binaries, Port primaryPort, Port standbyPort, Duration followLimit) {
        this.primaryPort = primaryPort;
        this.standbyPort = standbyPort;
        this.followLimit = followLimit;
        this.primary = new PostgresServer(directory.resolve("primary"), primaryPort.number(), binaries, Map.of());
        this.standby = new PostgresServer(
                directory.resolve("standby"), standbyPort.number(), binaries, following(primaryPort));
    }

    /**
     * A standby writes over an old segment of its log if it will be needed within max_wal_size of the last restartpoint.
     * With the primary's settings a restartpoint ended too late for that, and each segment was made anew and filled with
     * zeros: as much again as is received. What it needs is in the kernel's memory, as its primary has just written it:
     * looking ahead for what to fetch costs more.
     */
    private static Map<String, String> following(Port primary) {
        return Map.ofEntries(
                Map.entry(
                        "primary_conninfo",
                        "host=" + Port.HOST.getHostAddress() + " port=" + primary.number()
                                + " user=postgres application_name=" + SLOT),
                Map.entry("primary_slot_name", SLOT),
                Map.entry("recovery_prefetch", "off"),
                Map.entry("checkpoint_timeout", "30s"),
                Map.entry("checkpoint_completion_target", "0.3"),
                Map.entry("max_wal_size", "3GB"),
                Map.entry("min_wal_size", "3GB"));
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public List<Port> ports() {
        return List.of(primaryPort, standbyPort);
    }

    @Override
    public void stopLeftOver() throws IOException {
        standby.stopLeftOver();
        primary.stopLeftOver();
    }

    @Override
    public void start() throws IOException, SQLException {
        startPrimary();
        createDatabase();
        try {
            startStandby();
        } catch (IOException | SQLException e) {
            standby.stop();
            log.warn("Running without a standby, it can't be made", e);
        }
    }

    @Override
    public void stop() {
        standby.stop();
        primary.stop();
    }

    @Override
    public Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("tidings.database.url", primary.url(DATABASE));
        properties.put("tidings.database.standby-url", follows ? standby.url(DATABASE) : "");
        return properties;
    }

    void startPrimary() throws IOException {
        if (!primary.exists()) {
            primary.create();
        }
        primary.start();
    }

    private void createDatabase() throws SQLException {
        try (Connection connection = primary.connect("postgres");
                Statement statement = connection.createStatement()) {
            if (!answersTrue(statement, "select exists (select from pg_database where datname = '" + DATABASE + "')")) {
                statement.execute("create database " + DATABASE);
            }
        }
    }

    private void startStandby() throws IOException, SQLException {
        follows = mayFollow() && startsFollowing();
        if (!follows) {
            standby.stop();
            PostgresClone.of(primary, standby, SLOT);
            follows = startsFollowing();
        }
        if (!follows) {
            throw new IOException("It doesn't stream within " + followLimit.toSeconds() + " s");
        }
    }

    /** Rules out what could never follow: nothing there, promoted, of another primary, or left too far behind. */
    private boolean mayFollow() throws SQLException {
        if (!standby.exists()) {
            return false;
        }
        if (!isCopyOfPrimary() || !slotHoldsWhatIsNeeded()) {
            log.warn("The standby can't follow the primary any more: cloning it anew");
            return false;
        }
        return true;
    }

    private boolean isCopyOfPrimary() {
        try {
            return Files.exists(standby.data().resolve("standby.signal"))
                    && Arrays.equals(systemIdentifier(primary), systemIdentifier(standby));
        } catch (IOException incomplete) {
            return false;
        }
    }

    private static byte[] systemIdentifier(PostgresServer server) throws IOException {
        try (InputStream control = Files.newInputStream(server.data().resolve("global/pg_control"))) {
            return control.readNBytes(Long.BYTES);
        }
    }

    private boolean slotHoldsWhatIsNeeded() throws SQLException {
        try (Connection connection = primary.connect("postgres");
                Statement statement = connection.createStatement()) {
            return answersTrue(
                    statement,
                    "select exists (select from pg_replication_slots where slot_name = '" + SLOT
                            + "' and wal_status <> 'lost')");
        }
    }

    private boolean startsFollowing() throws SQLException {
        try {
            standby.start();
        } catch (IOException e) {
            log.warn("The standby doesn't start: {}", e.getMessage());
            return false;
        }
        long deadline = System.nanoTime() + followLimit.toNanos();
        try (Connection connection = primary.connect("postgres");
                Statement statement = connection.createStatement()) {
            while (System.nanoTime() < deadline) {
                if (answersTrue(
                                statement,
                                "select exists (select from pg_stat_replication where application_name = '" + SLOT
                                        + "' and state in ('streaming', 'catchup'))")
                        && acceptsReads()) {
                    return true;
                }
                Thread.sleep(LOOK_AGAIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private boolean acceptsReads() {
        try (Connection connection = standby.connect(DATABASE);
                Statement statement = connection.createStatement()) {
            return answersTrue(statement, "select pg_is_in_recovery()");
        } catch (SQLException notYet) {
            return false;
        }
    }

    private static boolean answersTrue(Statement statement, String question) throws SQLException {
        try (ResultSet answer = statement.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }
}
