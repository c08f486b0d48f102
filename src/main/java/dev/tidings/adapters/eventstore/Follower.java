package dev.tidings.adapters.eventstore;

import dev.tidings.adapters.eventstore.LogReader.Stretch;
import dev.tidings.application.commit.LogProcessor;
import dev.tidings.application.commit.LogProcessor.Logged;
import dev.tidings.application.commit.Wakeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the log to one processor, in a thread of its own, while this node has the claim to its token. What goes wrong
 * gives the claim up for a while: another node may have what this one lacks. What is in the token store then says where
 * to go on.
 */
final class Follower implements Wakeable {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final int SEGMENT = 0;

    /** Events in one reading that make a stream, of what is read ten times a second at most. */
    private static final int STREAM = 50;

    /** Events that are gathered at most: some 10 MB. */
    private static final int MOST_GATHERED = 10_000;

    private final LogProcessor processor;
    private final String name;
    private final LogReader log;
    private final TokenStore tokens;
    private final TransactionManager transactions;
    private final Supplier<@Nullable TrackingToken> beginning;
    private final Pace pace;
    private final Semaphore woken = new Semaphore(0);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean claimed;
    private volatile long claimedAt;
    private @Nullable TrackingToken token;
    private final List<Stretch> gathered = new ArrayList<>();
    private long gatheredSince;
    private int failures;

    /**
     * @param poll between two looks at the log when nobody wakes
     * @param toClaim between two tries to claim what another node has claimed
     * @param toExtend of a claim's age, after which it is extended; well below the token store's claim time-out
     * @param afterFailure the first pause after a failure; each further one in a row is twice as long
     * @param afterFailures the longest of them
     */
    record Pace(Duration poll, Duration toClaim, Duration toExtend, Duration afterFailure, Duration afterFailures) {

        static final Pace USUAL = new Pace(
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                Duration.ofMillis(500),
                Duration.ofSeconds(10));

        Duration after(int failures) {
            Duration doubled = afterFailure.multipliedBy(1L << Math.min(failures - 1, 20));
            return doubled.compareTo(afterFailures) < 0 ? doubled : afterFailures;
        }
    }

    /** @param beginning where a processor without a token begins */
    Follower(
            LogProcessor processor,
            LogReader log,
            TokenStore tokens,
            TransactionManager transactions,
            Supplier<@Nullable TrackingToken> beginning,
            Pace pace) {
        this.processor = processor;
        this.name = processor.name();
        this.log = log;
        this.tokens = tokens;
        this.transactions = transactions;
        this.beginning = beginning;
        this.pace = pace;
        this.thread = Thread.ofVirtual().name("follow-" + name).unstarted(this::followUntilClosed);
    }

    void start() {
        thread.start();
    }

    @Override
    public void wake() {
        if (woken.availablePermits() == 0) {
            woken.release();
        }
    }

    private void followUntilClosed() {
        try {
            while (!isClosing()) {
                follow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            release();
        }
    }

    private void follow() throws InterruptedException {
        try {
            if (!claim()) {
                pause(pace.toClaim);
                return;
            }
            while (!isClosing() && isStillClaimed()) {
                Optional<Stretch> next = log.after(position());
                next.ifPresent(this::gather);
                if (!mayGatherMore(next)) {
                    processGathered();
                    recovered();
                }
                // What has come meanwhile has sent word, or will: to read at once would be to read little at a time.
                if (next.isEmpty() || !next.get().full()) {
                    awaitWord();
                }
            }
            if (isStillClaimed()) {
                processGathered();
            }
        } catch (UnableToClaimTokenException e) {
            lost(e);
            pause(pace.toClaim);
        } catch (RuntimeException | Error e) {
            failed(e);
            release();
            pause(pace.after(failures));
        }
    }

    private boolean claim() {
        if (tokens.fetchAvailableSegments(name).isEmpty()) {
            if (tokens.fetchSegments(name).length > 0) {
                return false;
            }
            transactions.executeInTransaction(() -> tokens.initializeTokenSegments(name, 1, beginning.get()));
        }
        token = transactions.fetchInTransaction(() -> tokens.fetchToken(name, SEGMENT));
        gathered.clear();
        claimedAt = System.nanoTime();
        claimed = true;
        return true;
    }

    private @Nullable TrackingToken position() {
        return gathered.isEmpty()
                ? WrappedToken.unwrapLowerBound(token)
                : gathered.getLast().end();
    }

    private void gather(Stretch next) {
        if (gathered.isEmpty()) {
            gatheredSince = System.nanoTime();
        }
        gathered.add(next);
    }

    private boolean mayGatherMore(Optional<Stretch> next) {
        int events =
                gathered.stream().mapToInt(stretch -> stretch.events().size()).sum();
        boolean isStream = next.isPresent() && events >= STREAM;
        return isStream
                && events < MOST_GATHERED
                && System.nanoTime() - gatheredSince < processor.gathers().toNanos();
    }

    private void processGathered() {
        if (gathered.isEmpty()) {
            return;
        }
        List<Logged> events =
                gathered.stream().flatMap(stretch -> stretch.events().stream()).toList();
        process(events, WrappedToken.advance(token, gathered.getLast().end()));
        gathered.clear();
    }

    private void process(List<Logged> events, TrackingToken end) {
        if (processor.callsOutside()) {
            processor.process(events);
            transactions.executeInTransaction(() -> tokens.storeToken(end, name, SEGMENT));
        } else {
            transactions.executeInTransaction(() -> {
                processor.process(events);
                tokens.storeToken(end, name, SEGMENT);
            });
        }
        token = end;
        claimedAt = System.nanoTime();
    }

    /** Extends the claim when it is due. Called by others, too: a batch may take longer than a claim lasts. */
    boolean isStillClaimed() {
        if (claimed && System.nanoTime() - claimedAt > pace.toExtend.toNanos()) {
            try {
                transactions.executeInTransaction(() -> tokens.extendClaim(name, SEGMENT));
                claimedAt = System.nanoTime();
            } catch (UnableToClaimTokenException e) {
                lost(e);
            }
        }
        return claimed;
    }

    private void lost(UnableToClaimTokenException e) {
        claimed = false;
        LOG.info("{} goes on elsewhere: {}", name, e.getMessage());
    }

    private void awaitWord() throws InterruptedException {
        if (woken.tryAcquire(pace.poll.toMillis(), TimeUnit.MILLISECONDS)) {
            woken.drainPermits();
        }
    }

    private void failed(Throwable e) {
        failures++;
        if (failures == 1) {
            LOG.warn("{} could not process what is next in the log, and tries again until it can", name, e);
        } else {
            LOG.debug("{} could not process what is next in the log, for the {}th time", name, failures, e);
        }
    }

    private void recovered() {
        if (failures > 0) {
            LOG.info("{} goes on, after {} failures", name, failures);
            failures = 0;
        }
    }

    private void release() {
        if (claimed) {
            claimed = false;
            try {
                transactions.executeInTransaction(() -> tokens.releaseClaim(name, SEGMENT));
            } catch (RuntimeException e) {
                LOG.debug("The claim of {} ends by itself", name, e);
            }
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void pause(Duration duration) throws InterruptedException {
        var _ = closing.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** After the batch that is under way. */
    void stop() {
        closing.countDown();
        wake();
    }

    boolean hasEndedWithin(Duration patience) {
        try {
            return thread.join(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
