package dev.tidings.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How much mail the relay takes, before, during and after a fault. */
final class Flow implements AutoCloseable {

    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int WINDOW = 8;
    private static final double BACK = 0.8;

    private final LongSupplier taken;
    private final List<Sample> samples = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closed;
    private @Nullable Sample before;
    private double usual;
    private @Nullable Long faultEnded;
    private @Nullable Long back;

    private record Sample(long at, long taken) {}

    Flow(LongSupplier taken) {
        this.taken = taken;
        look();
        thread = Thread.ofPlatform().daemon().name("flow").start(this::watch);
    }

    private void watch() {
        while (!closed) {
            look();
            LockSupport.parkNanos(PERIOD);
        }
    }

    private synchronized void look() {
        Sample now = new Sample(System.nanoTime(), taken.getAsLong());
        samples.add(now);
        Long ended = faultEnded;
        if (back == null && ended != null && rate() >= BACK * usual) {
            back = now.at;
        }
    }

    /** In mails a second, over the last two seconds. */
    private double rate() {
        Sample last = samples.getLast();
        Sample first = samples.get(Math.max(0, samples.size() - 1 - WINDOW));
        return last.at == first.at ? 0 : (last.taken - first.taken) * 1e9 / (last.at - first.at);
    }

    synchronized void faultBegins() {
        before = samples.getLast();
        usual = rate();
    }

    synchronized void faultEnds() {
        if (faultEnded == null) {
            faultEnded = System.nanoTime();
        }
    }

    synchronized boolean isBack() {
        return back != null;
    }

    /** From the end of the fault until mail flows at four fifths of the rate before it; zero if it never ebbed. */
    synchronized Optional<Duration> untilBack() {
        Long ended = faultEnded;
        Long at = back;
        return ended == null || at == null || before == null
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.max(0, at - ended - PERIOD)));
    }

    /** From the end of the fault, or from {@code later} if that came after it, until now. */
    synchronized Duration sinceFaultOr(long later) {
        Long ended = faultEnded;
        return Duration.ofNanos(System.nanoTime() - Math.max(later, ended == null ? later : ended));
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
