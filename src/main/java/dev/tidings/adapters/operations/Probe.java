package dev.tidings.adapters.operations;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A question that may take long, asked by many: it is never under way twice, its answer is good for a while, and nobody
 * waits for it longer than the patience allows. What takes long is not asked all the time.
 */
final class Probe<T> {

    private final String name;
    private final Duration patience;
    private final Function<Duration, Duration> goodFor;
    private final Callable<T> question;
    private @Nullable Asked<T> last;

    private static final class Asked<T> {

        private final long at = System.nanoTime();
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private volatile Duration took = Duration.ZERO;

        private Duration age() {
            return Duration.ofNanos(System.nanoTime() - at);
        }
    }

    Probe(String name, Duration patience, Duration goodFor, Callable<T> question) {
        this(name, patience, _ -> goodFor, question);
    }

    /** @param goodFor how long after it was asked an answer is good, by how long it took */
    Probe(String name, Duration patience, Function<Duration, Duration> goodFor, Callable<T> question) {
        this.name = name;
        this.patience = patience;
        this.goodFor = goodFor;
        this.question = question;
    }

    /** Ends with a {@link java.util.concurrent.TimeoutException} when the patience is over. */
    CompletableFuture<T> ask() {
        Asked<T> asked = current();
        long left = Math.max(1, patience.minus(asked.age()).toNanos());
        return asked.answer.copy().orTimeout(left, TimeUnit.NANOSECONDS);
    }

    private synchronized Asked<T> current() {
        Asked<T> asked = last;
        if (asked == null || (asked.answer.isDone() && asked.age().compareTo(goodFor.apply(asked.took)) > 0)) {
            Asked<T> again = new Asked<>();
            last = again;
            Thread.ofVirtual().name("probe-" + name).start(() -> answer(again));
            return again;
        }
        return asked;
    }

    private void answer(Asked<T> asked) {
        try {
            T answer = question.call();
            asked.took = asked.age();
            asked.answer.complete(answer);
        } catch (Throwable thrown) {
            asked.took = asked.age();
            asked.answer.completeExceptionally(thrown);
        }
    }
}
