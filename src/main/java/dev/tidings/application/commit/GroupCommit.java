package dev.tidings.application.commit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Commits together what arrives together. While one group is being committed the next one gathers, so a lone item
 * waits for nobody and a flood shares its commits.
 *
 * <p>A group that fails is split in halves and tried again, until the one item that can't be committed stands alone:
 * it is tried once more, and gets the exception, the others their results. An outage is not split: every item of the
 * group gets it.
 *
 * @param <T> the items
 * @param <R> what committing an item yields
 */
public final class GroupCommit<T, R> implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final int GROUPS_WAITING = 4;

    private final BlockingQueue<Waiting<T, R>> waiting;
    private final int groupSize;
    private final Duration gathering;
    private final Function<List<T>, List<R>> commit;
    private final Outages outages;
    private final List<Thread> committers = new ArrayList<>();
    private final AtomicInteger committing;
    private volatile boolean closed;

    record Waiting<T, R>(T item, CompletableFuture<R> result) {}

    /**
     * @param committers how many groups may be committed at the same time: the second and further ones only while a
     *     whole group is waiting; 0 if the owner calls {@link #commitGathered}
     * @param groupSize the most items of one commit, from 1
     * @param gathering how much time lies between the starts of two commits of one committer, at least: what comes
     *     after a pause is committed at once, what comes in a stream waits so long for company; zero: nothing waits
     * @param commit commits all items or none, and yields a result for each, in their order
     */
    public GroupCommit(
            String name,
            int committers,
            int groupSize,
            Duration gathering,
            Function<List<T>, List<R>> commit,
            Outages outages) {
        this(
                name,
                committers,
                groupSize,
                gathering,
                commit,
                outages,
                new ArrayBlockingQueue<>(groupSize * GROUPS_WAITING));
    }

    GroupCommit(
            String name,
            int committers,
            int groupSize,
            Duration gathering,
            Function<List<T>, List<R>> commit,
            Outages outages,
            BlockingQueue<Waiting<T, R>> waiting) {
        this.groupSize = groupSize;
        this.gathering = gathering;
        this.commit = commit;
        this.outages = outages;
        this.waiting = waiting;
        this.committing = new AtomicInteger(committers);
        for (int i = 0; i < committers; i++) {
            boolean helps = i > 0;
            // Not a virtual one: it waits for the database many times in each commit, and would be woken each time
            // by way of another thread, which took a seventh of all that accepting costs Tidings.
            this.committers.add(Thread.ofPlatform().daemon().name(name + "-", i).start(() -> run(helps)));
        }
    }

    /** Waits while too many items are waiting already: callers feel the pressure. */
    public CompletableFuture<R> submit(T item) {
        CompletableFuture<R> result = new CompletableFuture<>();
        try {
            while (!closed) {
                if (waiting.offer(new Waiting<>(item, result), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    callForHelp();
                    refuseWhatNobodyTakes();
                    return result;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        refuse(result);
        return result;
    }

    private void callForHelp() {
        if (isWholeGroupWaiting()) {
            committers.stream().skip(1).forEach(LockSupport::unpark);
        }
    }

    private boolean isWholeGroupWaiting() {
        return waiting.size() >= groupSize;
    }

    /** By the last committer when it ends, and by whoever submits after that: so one of the two sees every item. */
    private void refuseWhatNobodyTakes() {
        if (closed && committing.get() == 0) {
            for (Waiting<T, R> left = waiting.poll(); left != null; left = waiting.poll()) {
                refuse(left.result);
            }
        }
    }

    private static void refuse(CompletableFuture<?> result) {
        result.completeExceptionally(new RejectedExecutionException("shutting down"));
    }

    private void run(boolean helps) {
        try {
            commitUntilClosed(helps);
        } finally {
            committing.decrementAndGet();
            refuseWhatNobodyTakes();
        }
    }

    private void commitUntilClosed(boolean helps) {
        List<Waiting<T, R>> group = new ArrayList<>(groupSize);
        long next = System.nanoTime();
        while (true) {
            if (helps) {
                awaitWholeGroup();
            }
            @Nullable Waiting<T, R> first = next();
            if (first == null) {
                if (closed) {
                    return;
                }
                continue;
            }
            group.add(first);
            awaitCompany(next - System.nanoTime());
            next = System.nanoTime() + gathering.toNanos();
            waiting.drainTo(group, groupSize - 1);
            commit(group);
            group.clear();
        }
    }

    private void awaitWholeGroup() {
        while (!closed && !isWholeGroupWaiting()) {
            LockSupport.parkNanos(PATIENCE.toNanos());
        }
    }

    private static void awaitCompany(long nanos) {
        if (nanos > 0) {
            LockSupport.parkNanos(nanos);
        }
    }

    /** Commits, in the caller's thread, one group of what is waiting; yields whether there was any. */
    public boolean commitGathered() {
        List<Waiting<T, R>> group = new ArrayList<>();
        waiting.drainTo(group, groupSize);
        if (!group.isEmpty()) {
            commit(group);
        }
        return !group.isEmpty();
    }

    private @Nullable Waiting<T, R> next() {
        try {
            return waiting.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return null;
        }
    }

    private void commit(List<Waiting<T, R>> group) {
        try {
            List<R> results = commit.apply(group.stream().map(Waiting::item).toList());
            for (int i = 0; i < group.size(); i++) {
                group.get(i).result.complete(results.get(i));
            }
        } catch (Throwable thrown) {
            Throwable cause = Thrown.cause(thrown);
            if (outages.isOutage(cause)) {
                fail(group, cause);
            } else if (group.size() == 1) {
                commitAgain(group);
            } else {
                int half = group.size() / 2;
                commit(group.subList(0, half));
                commit(group.subList(half, group.size()));
            }
        }
    }

    /** It may have failed because somebody else was faster, and then finds what that one has done. */
    private void commitAgain(List<Waiting<T, R>> single) {
        try {
            single.getFirst()
                    .result
                    .complete(commit.apply(List.of(single.getFirst().item)).getFirst());
        } catch (Throwable thrown) {
            fail(single, Thrown.cause(thrown));
        }
    }

    private static <T, R> void fail(List<Waiting<T, R>> group, Throwable cause) {
        group.forEach(each -> each.result.completeExceptionally(new CompletionException(cause)));
    }

    /** Commits what has been submitted, then stops. */
    @Override
    public void close() {
        closed = true;
        for (Thread committer : committers) {
            try {
                committer.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
