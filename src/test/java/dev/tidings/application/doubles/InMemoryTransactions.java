package dev.tidings.application.doubles;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.jspecify.annotations.Nullable;

/**
 * Transactions one after the other, undone in reverse when they roll back. Whoever isn't in the running one waits for
 * its end, so nobody sees what isn't committed.
 */
public final class InMemoryTransactions implements TransactionManager {

    private final ReentrantLock turn = new ReentrantLock(true);
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger rollbacks = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final ConcurrentLinkedQueue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean running;
    private volatile boolean down;

    /** Until it ends with {@link #comeBack}, an {@link Outage} meets whoever starts a transaction or asks a table. */
    public void goDown() {
        down = true;
    }

    public void comeBack() {
        down = false;
    }

    public void failNextCommit(RuntimeException failure) {
        failures.add(failure);
    }

    /** How many transactions wait for the running one to end. */
    public int waiting() {
        return waiting.get();
    }

    public int commits() {
        return commits.get();
    }

    public int rollbacks() {
        return rollbacks.get();
    }

    @Override
    public Transaction startTransaction() {
        refuseWhenDown();
        waiting.incrementAndGet();
        turn.lock();
        waiting.decrementAndGet();
        if (running) {
            turn.unlock();
            return new Joined();
        }
        running = true;
        return new Running();
    }

    /** In the running transaction if this thread has one, else in a transaction of its own. */
    <T extends @Nullable Object> T inTurn(Supplier<T> work) {
        refuseWhenDown();
        turn.lock();
        try {
            return work.get();
        } finally {
            turn.unlock();
        }
    }

    void onRollback(Runnable change) {
        if (running && turn.isHeldByCurrentThread()) {
            undo.push(change);
        }
    }

    /** How often somebody was met by an outage. */
    public int refusals() {
        return refusals.get();
    }

    private void refuseWhenDown() {
        if (down) {
            refusals.incrementAndGet();
            throw new Outage();
        }
    }

    private final class Running implements Transaction {

        private boolean ended;

        @Override
        public void commit() {
            RuntimeException failure = down ? new Outage() : failures.poll();
            if (failure != null) {
                rollback();
                throw failure;
            }
            commits.incrementAndGet();
            undo.clear();
            end();
        }

        @Override
        public void rollback() {
            if (!ended) {
                rollbacks.incrementAndGet();
                undo.forEach(Runnable::run);
                undo.clear();
                end();
            }
        }

        private void end() {
            ended = true;
            running = false;
            turn.unlock();
        }
    }

    /** A part of the transaction that its thread is in already. */
    private static final class Joined implements Transaction {

        @Override
        public void commit() {}

        @Override
        public void rollback() {}
    }
}
