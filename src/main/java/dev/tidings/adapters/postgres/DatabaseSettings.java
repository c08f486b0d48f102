package dev.tidings.adapters.postgres;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the databases are. Each URL may name several hosts: the one that is writable is the primary, one that isn't the
 * standby, whichever they are at the time.
 *
 * @param standbyUrl blank if there is none: reads go to the primary then
 * @param maxStandbyLag reads go to the primary while the standby is further behind than this
 * @param maxSilence after which the primary counts as lost while work waits for its answer; longer than any statement of
 *     the work takes, and than a commit may wait for a standby
 * @param writeConnections to the primary, for commands and projections; at least 4
 * @param readConnections to each of the two, for reads; at least 1
 */
@ConfigurationProperties("tidings.database")
record DatabaseSettings(
        String url,
        String standbyUrl,
        Duration maxStandbyLag,
        Duration maxSilence,
        int writeConnections,
        int readConnections) {

    PostgresUrl primary() {
        return PostgresUrl.parse("DATABASE_URL", url, PostgresUrl.Wanted.READ_WRITE);
    }

    boolean hasStandby() {
        return !standbyUrl.isBlank();
    }

    PostgresUrl standby() {
        return PostgresUrl.parse("STANDBY_DATABASE_URL", standbyUrl, PostgresUrl.Wanted.STANDBY);
    }
}
