package dev.tidings.adapters.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * This process among its peers. Holds its name by an advisory lock for as long as its session lives; so a process that
 * finds the name free knows that whoever bore it before is gone, and may take over its claims at once.
 *
 * @param name for people, and the same after a restart
 * @param incarnation differs with each start
 */
record PostgresNode(String name, String incarnation) {

    private static final String SEPARATOR = "#";

    static PostgresNode named(String name) {
        return new PostgresNode(name, UUID.randomUUID().toString().substring(0, 8));
    }

    /** Tries to hold the name; where another process has it, this one goes by a name of its own. */
    PostgresNode holdingItsName(Connection session) throws SQLException {
        PostgresNode candidate = this;
        while (!candidate.holds(session)) {
            candidate =
                    new PostgresNode(name + "-" + UUID.randomUUID().toString().substring(0, 4), incarnation);
        }
        return candidate;
    }

    /** Whether the name is this session's from now on. */
    boolean holds(Connection session) throws SQLException {
        try (PreparedStatement lock =
                session.prepareStatement("select pg_try_advisory_lock(hashtext('tidings.node'), hashtext(?))")) {
            lock.setString(1, name);
            try (ResultSet row = lock.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** As it stands in the rows that it has claimed. */
    String claimant() {
        return name + SEPARATOR + incarnation;
    }

    /** What the claims of all incarnations start with. */
    String claimantPrefix() {
        return name + SEPARATOR;
    }
}
