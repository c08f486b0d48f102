package dev.tidings.adapters.postgres;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Reads on the standby while it can be trusted, else on the primary. */
final class StandbyFirst {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final DatabaseClient primary;
    private final @Nullable DatabaseClient standby;
    private final StandbyMonitor monitor;

    StandbyFirst(DatabaseClient primary, @Nullable DatabaseClient standby, StandbyMonitor monitor) {
        this.primary = primary;
        this.standby = standby;
        this.monitor = monitor;
    }

    /** Yields the standby's answer, or the primary's when the standby fails. */
    <T> Mono<T> read(Function<DatabaseClient, Mono<T>> query) {
        DatabaseClient first = standby;
        if (first == null || !monitor.usable()) {
            return readNow(query);
        }
        return query.apply(first).timeout(PATIENCE).onErrorResume(thrown -> {
            monitor.distrust();
            return readNow(query);
        });
    }

    /** As {@link #read}, but what isn't on the standby (yet) is looked for on the primary. */
    <T> Mono<T> readFresh(Function<DatabaseClient, Mono<T>> query) {
        return read(query).switchIfEmpty(Mono.defer(() -> readNow(query)));
    }

    /** Yields the primary's answer: it has all that was committed. */
    <T> Mono<T> readNow(Function<DatabaseClient, Mono<T>> query) {
        return query.apply(primary).timeout(PATIENCE);
    }
}
