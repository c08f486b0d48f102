package dev.tidings.adapters.postgres;

import dev.tidings.application.commit.DatabaseHealth;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Watches how far the standby is behind: notes where the primary's log stands and when, and looks how many of those
 * marks the standby has passed. A standby that has lost its primary falls behind by this measure, too.
 */
class StandbyMonitor implements DatabaseHealth, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(StandbyMonitor.class);
    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final int MOST_MARKS = 1_200;

    private static final String PRIMARY = """
            select case when pg_is_in_recovery() then null
                        else pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint end""";
    private static final String READ_ONLY = "select current_setting('transaction_read_only')";
    private static final String REPLAYED = """
            select case when pg_is_in_recovery() then pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint end""";

    private final JdbcTemplate primary;
    private final @Nullable JdbcTemplate standby;
    private final Duration maxLag;
    private final InstantSource clock;
    private final Deque<Mark> notYetReplayed = new ArrayDeque<>();
    private volatile boolean usable;
    private volatile @Nullable Thread watching;

    private record Mark(Instant at, long position) {}

    StandbyMonitor(JdbcTemplate primary, @Nullable JdbcTemplate standby, Duration maxLag, InstantSource clock) {
        this.primary = primary;
        this.standby = standby;
        this.maxLag = maxLag;
        this.clock = clock;
    }

    /** Whether reads may go to the standby. */
    boolean usable() {
        return usable;
    }

    /** A read has failed there: none goes there before the next look. */
    void distrust() {
        usable = false;
    }

    @Override
    public Optional<String> primaryProblem() {
        try {
            if (primary.queryForObject(PRIMARY, Long.class) == null) {
                return Optional.of("is in recovery: it is a standby");
            }
            return "on".equals(primary.queryForObject(READ_ONLY, String.class))
                    ? Optional.of("is read-only")
                    : Optional.empty();
        } catch (DataAccessException e) {
            return Optional.of("can't be reached");
        }
    }

    @Override
    public synchronized Standby standby() {
        if (standby == null) {
            return new Standby.Absent();
        }
        boolean marked = mark();
        try {
            Long replayed = standby.queryForObject(REPLAYED, Long.class);
            if (replayed == null) {
                return new Standby.Broken("follows nobody: it is not in recovery");
            }
            while (!notYetReplayed.isEmpty() && notYetReplayed.getFirst().position <= replayed) {
                notYetReplayed.removeFirst();
            }
            return new Standby.Following(marked ? lag() : null);
        } catch (DataAccessException e) {
            return new Standby.Broken("can't be reached");
        }
    }

    private boolean mark() {
        try {
            Long position = primary.queryForObject(PRIMARY, Long.class);
            if (position == null) {
                return false;
            }
            Mark last = notYetReplayed.peekLast();
            if (last == null || last.position < position) {
                notYetReplayed.addLast(new Mark(clock.instant(), position));
            }
            if (notYetReplayed.size() > MOST_MARKS) {
                thinOut();
            }
            return true;
        } catch (DataAccessException e) {
            return false;
        }
    }

    /** The oldest mark tells the lag, the newest when it is over; those between may go. */
    private void thinOut() {
        Mark oldest = notYetReplayed.removeFirst();
        while (notYetReplayed.size() > MOST_MARKS / 2) {
            notYetReplayed.removeFirst();
        }
        notYetReplayed.addFirst(oldest);
    }

    private Duration lag() {
        Mark oldest = notYetReplayed.peekFirst();
        return oldest == null ? Duration.ZERO : Duration.between(oldest.at, clock.instant());
    }

    @Override
    public void start() {
        if (standby != null) {
            watching = Thread.ofVirtual().name("standby-monitor").start(this::watch);
        }
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            boolean before = usable;
            usable = switch (standby()) {
                case Standby.Following(@Nullable Duration lag) -> lag == null || lag.compareTo(maxLag) <= 0;
                case Standby.Absent _, Standby.Broken _ -> false;
            };
            if (before != usable) {
                LOG.info("Reads go to the {}", usable ? "standby" : "primary");
            }
            try {
                Thread.sleep(PERIOD);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void stop() {
        Thread thread = watching;
        if (thread != null) {
            thread.interrupt();
            watching = null;
        }
    }

    @Override
    public boolean isRunning() {
        return watching != null;
    }
}
