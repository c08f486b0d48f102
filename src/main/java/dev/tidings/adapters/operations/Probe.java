package dev.tidings.adapters.operations;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A question that may take long, asked by many: it is never under way twice, its answer is good for a while, and nobody
 * waits for it longer than the patience allows.
 */
final class Probe<T> {

    private final String name;
    private final Duration patience;
    private final Duration goodFor;
    private final Callable<T> question;
    private @Nullable Asked<T> last;

    private record Asked<T>(long at, CompletableFuture<T> answer) {}

    Probe(String name, Duration patience, Duration goodFor, Callable<T> question) {
        this.name = name;
        this.patience = patience;
        this.goodFor = goodFor;
        this.question = question;
    }

    /** Ends with a {@link java.util.concurrent.TimeoutException} when the patience is over. */
    CompletableFuture<T> ask() {
        Asked<T> asked = current();
        long left = Math.max(1, patience.toNanos() - (System.nanoTime() - asked.at));
        return asked.answer.copy().orTimeout(left, TimeUnit.NANOSECONDS);
    }

    private synchronized Asked<T> current() {
        Asked<T> asked = last;
        if (asked == null || (asked.answer.isDone() && System.nanoTime() - asked.at > goodFor.toNanos())) {
            asked = new Asked<>(System.nanoTime(), new CompletableFuture<>());
            last = asked;
            CompletableFuture<T> answer = asked.answer;
            Thread.ofVirtual().name("probe-" + name).start(() -> answer(answer));
        }
        return asked;
    }

    private void answer(CompletableFuture<T> answer) {
        try {
            answer.complete(question.call());
        } catch (Throwable thrown) {
            answer.completeExceptionally(thrown);
        }
    }
}
