package dev.tidings.application.commit;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the databases are. Each question is asked anew, over connections that a busy service does not use up; it may
 * block, and whoever asks stops waiting after some seconds. Answers name no address, user or password.
 */
public interface DatabaseHealth {

    /** Why the primary can't be written to (unreachable, in recovery, read-only); empty when it can. */
    Optional<String> primaryProblem();

    Standby standby();

    /** Where reads go when they can. */
    sealed interface Standby {

        /** There is none: the primary answers reads. */
        record Absent() implements Standby {}

        /**
         * It answers reads.
         *
         * @param lag since when the primary has had something that the standby does not show yet; zero when it shows
         *     everything, however long ago the last change was; absent when the primary can't be asked. Found by
         *     comparing log positions: {@code now() - pg_last_xact_replay_timestamp()} grows on an idle system, and
         *     {@code pg_stat_replication.replay_lag} stands still when the standby does
         */
        record Following(@Nullable Duration lag) implements Standby {}

        /** It can't answer reads, or it follows nobody. */
        record Broken(String problem) implements Standby {}
    }
}
