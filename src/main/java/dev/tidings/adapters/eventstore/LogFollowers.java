package dev.tidings.adapters.eventstore;

import dev.tidings.application.commit.Debounced;
import dev.tidings.application.commit.Periodically;
import dev.tidings.application.commit.Wakeable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Starts and stops those that follow the log, tells them when there is something to read, and keeps their claims. */
final class LogFollowers implements Wakeable, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LogFollowers.class);

    /** Axon's: what delivery puts on record last may still be shown and announced. */
    private static final int PHASE = DEFAULT_PHASE - 3_072;

    /** A follower that reads after every commit reads much, a little at a time. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final Duration BETWEEN_LOOKS_AT_CLAIMS = Duration.ofSeconds(1);

    /** Longer than the broker may take to confirm a batch. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final List<Follower> followers;
    private final Debounced waking = new Debounced("wake-followers", PAUSE, this::wakeAll);
    private @Nullable Periodically extending;
    private volatile boolean running;

    LogFollowers(List<Follower> followers) {
        this.followers = followers;
    }

    @Override
    public void wake() {
        waking.wake();
    }

    private void wakeAll() {
        followers.forEach(Wakeable::wake);
    }

    @Override
    public void start() {
        followers.forEach(Follower::start);
        extending = Periodically.start("extend-claims", BETWEEN_LOOKS_AT_CLAIMS, this::extendClaims);
        running = true;
    }

    private void extendClaims() {
        for (Follower follower : followers) {
            try {
                follower.isStillClaimed();
            } catch (RuntimeException e) {
                LOG.debug("A claim could not be extended", e);
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        waking.close();
        followers.forEach(Follower::stop);
        for (Follower follower : followers) {
            if (!follower.hasEndedWithin(PATIENCE)) {
                LOG.warn("{} has not ended in time; what it is at may be done again", follower);
            }
        }
        if (extending != null) {
            extending.close();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
