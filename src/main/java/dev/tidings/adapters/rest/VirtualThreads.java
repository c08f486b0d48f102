package dev.tidings.adapters.rest;

import io.micrometer.context.ContextSnapshotFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Where work that blocks is done, in the context of its request. A caller who goes away doesn't interrupt it: an
 * interrupt closes the socket that a virtual thread waits on, and with it the database connection.
 */
@Component
final class VirtualThreads implements AutoCloseable {

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("rest-", 0).factory());
    private final ContextSnapshotFactory contexts =
            ContextSnapshotFactory.builder().build();

    <T> Mono<T> call(Supplier<T> work) {
        return Mono.deferContextual(context -> {
            CompletableFuture<T> result = CompletableFuture.supplyAsync(inContext(context, work), threads);
            InHand.holdUntilDone(context, result);
            return Mono.fromFuture(result, true);
        });
    }

    private <T> Supplier<T> inContext(ContextView context, Supplier<T> work) {
        return () -> {
            try (var _ = contexts.setThreadLocalsFrom(context)) {
                return work.get();
            }
        };
    }

    @Override
    public void close() {
        threads.close();
    }
}
