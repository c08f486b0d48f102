package dev.tidings.adapters.postgres;

import dev.tidings.application.commit.Outages;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** By the class of the SQLSTATE (PostgreSQL's manual, appendix A), and by what the driver and the pool throw. */
class PostgresOutages implements Outages {

    private static final String DISK_FULL = "53100";

    @Override
    public boolean isOutage(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException
                    || cause instanceof SQLNonTransientConnectionException
                    || (cause instanceof SQLException e && isOutage(e.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean isOutOfSpace(Throwable thrown) {
        return Stream.iterate(thrown, each -> each != null, Throwable::getCause)
                .anyMatch(each -> each instanceof SQLException e && DISK_FULL.equals(e.getSQLState()));
    }

    /**
     * Connection lost, out of resources, an operator's intervention, an I/O error; or read-only, which is what a
     * primary looks like that has been demoted.
     */
    private static boolean isOutage(@Nullable String state) {
        return state != null
                && (state.startsWith("08")
                        || state.startsWith("53")
                        || state.startsWith("57P")
                        || state.startsWith("58")
                        || state.equals("25006"));
    }
}
