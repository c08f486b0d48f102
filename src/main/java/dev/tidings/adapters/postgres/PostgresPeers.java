package dev.tidings.adapters.postgres;

import dev.tidings.application.commit.CommittedEvents;
import dev.tidings.application.commit.Debounced;
import dev.tidings.application.commit.Wakeable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Tells the other nodes when this one has committed something, and wakes this one when another has. The word is sent
 * beside the transactions: NOTIFY inside them would make all commits queue for one lock.
 */
class PostgresPeers implements CommittedEvents, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresPeers.class);
    private static final String CHANNEL = "tidings_committed";

    /** A word that gets lost in a crash is no loss: so it doesn't wait for the disk, nor for a standby. */
    private static final String TELL = "select set_config('synchronous_commit', 'off', true), pg_notify(?, ?)";

    private static final Duration PAUSE = Duration.ofMillis(15);
    private static final Duration PAUSE_IN_OUTAGE = Duration.ofSeconds(1);

    private final DataSource sessions;
    private final JdbcTemplate jdbc;
    private final Supplier<List<Wakeable>> wakeables;
    private final Debounced telling = new Debounced("peers-tell", PAUSE, this::tell);
    private final PostgresNode named;
    private volatile PostgresNode node;
    private @Nullable Connection session;
    private volatile boolean running;

    /** Waits for the database, and takes this node's name. */
    PostgresPeers(PostgresNode named, DataSource sessions, JdbcTemplate jdbc, Supplier<List<Wakeable>> wakeables)
            throws SQLException {
        this.named = named;
        this.sessions = sessions;
        this.jdbc = jdbc;
        this.wakeables = wakeables;
        Connection first = sessions.getConnection();
        this.session = first;
        this.node = named.holdingItsName(first);
        listen(first);
    }

    /** Under which this process goes now: another name once somebody took the first while the session was lost. */
    PostgresNode node() {
        return node;
    }

    private static void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + CHANNEL);
        }
    }

    @Override
    public void committed(List<Committed> events) {
        telling.wake();
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("peers-hear").start(this::hearWhileRunning);
    }

    private void tell() {
        try {
            jdbc.query(TELL, _ -> {}, CHANNEL, node.claimant());
        } catch (DataAccessException e) {
            LOG.debug("Could not tell the other nodes; they find out by themselves", e);
        }
    }

    private void hearWhileRunning() {
        while (running) {
            try {
                hear(connected());
            } catch (SQLException e) {
                LOG.warn("Lost the session that hears the other nodes; connecting anew: {}", e.getMessage());
                disconnect();
                pause();
            }
        }
        disconnect();
    }

    private void hear(Connection connection) throws SQLException {
        PGNotification[] heard = connection.unwrap(PGConnection.class).getNotifications(500);
        if (heard == null) {
            return;
        }
        for (PGNotification notification : heard) {
            if (!notification.getParameter().equals(node.claimant())) {
                wakeables.get().forEach(Wakeable::wake);
                return;
            }
        }
    }

    private Connection connected() throws SQLException {
        Connection current = session;
        if (current == null) {
            current = sessions.getConnection();
            session = current;
            goBy(node.holds(current) ? node : named.holdingItsName(current));
            listen(current);
            wakeables.get().forEach(Wakeable::wake);
        }
        return current;
    }

    private void goBy(PostgresNode held) {
        if (!held.equals(node)) {
            LOG.warn("Another process has taken the name {}; this one goes by {} now", node.name(), held.name());
            node = held;
        }
    }

    private void disconnect() {
        Connection current = session;
        session = null;
        if (current != null) {
            try {
                current.close();
            } catch (SQLException e) {
                LOG.debug("Closing a broken session", e);
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_IN_OUTAGE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
        telling.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the work starts and after it has stopped: whoever finds this node's name free takes its claims over. */
    @Override
    public int getPhase() {
        return 500;
    }
}
