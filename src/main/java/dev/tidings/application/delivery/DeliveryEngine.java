package dev.tidings.application.delivery;

import dev.tidings.application.commit.Outages;
import dev.tidings.application.commit.Thrown;
import dev.tidings.application.commit.Wakeable;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.NotificationCommand.RecordAttempt;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.SendOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works one channel's queue off: claims what is due, sends it over as many lines as the provider has, and puts the
 * outcomes on record.
 *
 * <p>At most {@code inFlight} notifications are claimed at a time, and a quarter more of urgent ones. While the queue
 * holds nothing else that is due in its lane or a more urgent one, what is accepted on this node is claimed in the
 * accepting transaction itself ({@link #reserve}) and need not be looked for.
 *
 * <p>A provider that is down is left alone for a while, then tried with a single notification.
 */
public final class DeliveryEngine implements Wakeable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryEngine.class);
    private static final Duration PAUSE_IN_OUTAGE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_PROBES = Duration.ofMillis(100);
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(10);
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(20);
    /** One of the next more urgent lane is sent first if it comes within so many; so nothing waits for ever. */
    private static final int HEAD_START = 256;
    /** So often the claims begin with the least urgent. */
    private static final int TURNS = 8;

    private static final Set<Lane> URGENT = EnumSet.of(Lane.INSTANT, Lane.HIGH);

    private final Channel channel;
    private final MessageProvider provider;
    private final DeliveryQueue queue;
    private final RecordAttempts attempts;
    private final Outages outages;
    private final InstantSource clock;
    private final DeliverySettings settings;

    private final PriorityBlockingQueue<Buffered> buffer =
            new PriorityBlockingQueue<>(64, Comparator.comparingLong(Buffered::turn));
    private final Map<NotificationId, Integer> inFlight = new ConcurrentHashMap<>();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicLong order = new AtomicLong();
    private final Signal work = new Signal();
    private final List<Thread> threads = new ArrayList<>();
    /** How many lanes, from the most urgent, hold nothing that is due and unclaimed. */
    private final AtomicInteger clearLanes = new AtomicInteger();

    private final ProviderPause pause = new ProviderPause();
    private int claims;
    private volatile boolean closing;

    private record Buffered(OutgoingMessage message, long order) {
        private long turn() {
            return order + (long) HEAD_START * message.lane().rank();
        }
    }

    public DeliveryEngine(
            Channel channel,
            MessageProvider provider,
            DeliveryQueue queue,
            RecordAttempts attempts,
            Outages outages,
            InstantSource clock,
            DeliverySettings settings) {
        this.channel = channel;
        this.provider = provider;
        this.queue = queue;
        this.attempts = attempts;
        this.outages = outages;
        this.clock = clock;
        this.settings = settings;
    }

    public void start() {
        String name = "deliver-" + channel.name().toLowerCase(Locale.ROOT);
        threads.add(Thread.ofVirtual().name(name + "-claims").start(this::claimWhileOpen));
        threads.add(Thread.ofVirtual().name(name + "-leases").start(this::renewWhileOpen));
        for (int line = 0; line < provider.concurrency(); line++) {
            threads.add(Thread.ofVirtual().name(name + "-line-", line).start(this::sendWhileOpen));
        }
    }

    /** There may be anything due in the queue that this node has not claimed. */
    @Override
    public void wake() {
        wake(Lane.INSTANT);
    }

    /** There may be something due, or soon, in this lane or a less urgent one. */
    public void wake(Lane mostUrgent) {
        notClear(mostUrgent.rank());
        work.raise();
    }

    private void notClear(int lanes) {
        clearLanes.accumulateAndGet(lanes, Math::min);
    }

    private boolean isClear() {
        return clearLanes.get() == Lane.values().length;
    }

    public Instant leaseEnd() {
        return clock.instant().plus(settings.lease());
    }

    /**
     * Takes places for notifications of these lanes, the most urgent first, that the caller is about to accept and
     * claim; none for those before whose turn older ones may be waiting in the queue. Each place must be used by {@link
     * #deliver} or returned by {@link #cancel}.
     */
    public int reserve(Stream<Lane> lanes) {
        int clear = clearLanes.get();
        if (clear == 0 || closing || pause.isOn()) {
            return 0;
        }
        List<Lane> eligible = lanes.filter(lane -> lane.rank() < clear).toList();
        int urgent = (int) eligible.stream().filter(URGENT::contains).count();
        int granted = take(urgent, settings.inFlight() + settings.inFlight() / 4);
        return granted < urgent ? granted : granted + take(eligible.size() - urgent, settings.inFlight());
    }

    private int take(int wanted, int most) {
        while (true) {
            int now = taken.get();
            int granted = Math.min(wanted, most - now);
            if (granted <= 0) {
                return 0;
            }
            if (taken.compareAndSet(now, now + granted)) {
                return granted;
            }
        }
    }

    public void cancel(int places) {
        if (places > 0) {
            taken.addAndGet(-places);
            work.raise();
        }
    }

    /** Sends what was claimed in a place taken before. */
    public void deliver(List<OutgoingMessage> claimed) {
        for (OutgoingMessage message : claimed) {
            inFlight.put(message.notificationId(), message.attempt());
            buffer.add(new Buffered(message, order.getAndIncrement()));
        }
    }

    private void claimWhileOpen() {
        while (!closing) {
            try {
                work.await(claimDue());
            } catch (RuntimeException e) {
                LOG.warn("Could not claim from the delivery queue; trying again", e);
                work.await(PAUSE_IN_OUTAGE);
            }
        }
    }

    /** Yields how long to wait for a wake-up. */
    Duration claimDue() {
        Duration rest = pause.remaining(clock.instant());
        if (rest.isPositive()) {
            return rest;
        }
        boolean probing = pause.isOn();
        if (probing && !inFlight.isEmpty()) {
            return BETWEEN_PROBES;
        }
        int places = take(probing ? 1 : settings.inFlight(), settings.inFlight());
        if (places < (probing ? 1 : enoughToClaim())) {
            notClear(URGENT.size());
            taken.addAndGet(-places);
            return taken.get() + enoughToClaim() > settings.inFlight() ? settings.poll() : Duration.ZERO;
        }
        int before = clearLanes.getAndSet(Lane.values().length);
        List<OutgoingMessage> claimed = List.of();
        boolean urgentLast = ++claims % TURNS == 0;
        try {
            claimed = queue.claim(
                    channel,
                    urgentLast ? DeliveryQueue.Order.URGENT_LAST : DeliveryQueue.Order.URGENT_FIRST,
                    places,
                    clock.instant(),
                    leaseEnd());
        } catch (RuntimeException e) {
            notClear(0);
            throw e;
        } finally {
            taken.addAndGet(claimed.size() - places);
        }
        if (claimed.size() == places) {
            notClear(
                    urgentLast
                            ? Math.min(before, mostUrgent(claimed))
                            : claimed.getLast().lane().rank());
        }
        deliver(claimed);
        return isClear() ? untilNextDue() : Duration.ZERO;
    }

    private static int mostUrgent(List<OutgoingMessage> messages) {
        return messages.stream()
                .mapToInt(message -> message.lane().rank())
                .min()
                .orElse(Lane.values().length);
    }

    /** Claiming one row for every place that falls free would cost a transaction a message. */
    private int enoughToClaim() {
        return Math.max(1, settings.inFlight() / 4);
    }

    private Duration untilNextDue() {
        Instant now = clock.instant();
        Optional<Instant> due = queue.nextDue(channel, now);
        return due.map(at -> Duration.between(now, at))
                .map(wait -> wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait)
                .filter(wait -> wait.compareTo(settings.poll()) < 0)
                .orElse(settings.poll());
    }

    private void sendWhileOpen() {
        while (true) {
            @Nullable OutgoingMessage next = next(Duration.ofMillis(200));
            if (next != null) {
                attempt(next);
            } else if (closing) {
                return;
            }
        }
    }

    /** Whose turn it is, of what is claimed and not sent yet. */
    @Nullable OutgoingMessage next(Duration atMost) {
        try {
            Buffered next = buffer.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return next == null ? null : next.message;
        } catch (InterruptedException e) {
            return null;
        }
    }

    private void attempt(OutgoingMessage message) {
        Instant startedAt = clock.instant();
        attempted(message, startedAt, send(message));
    }

    private SendOutcome send(OutgoingMessage message) {
        try {
            return provider.send(message);
        } catch (RuntimeException | Error e) {
            LOG.error("Provider {} broke its contract", provider.name(), e);
            return new SendOutcome.Unknown(new Failure("internal", e.getClass().getSimpleName()));
        }
    }

    void attempted(OutgoingMessage message, Instant startedAt, SendOutcome outcome) {
        RecordAttempt record = new RecordAttempt(
                message.notificationId(), message.attempt(), provider.name(), outcome, startedAt, clock.instant());
        heed(outcome);
        report(new AttemptReport(record, message.context()));
    }

    private void heed(SendOutcome outcome) {
        if (!(outcome instanceof SendOutcome.ProviderDown)) {
            if (pause.end()) {
                work.raise();
            }
        } else if (pause.begin(clock.instant())) {
            LOG.warn("Provider {} can't be used; it is left alone for a while", provider.name());
            giveBackUnsent();
        }
    }

    private void report(AttemptReport report) {
        var _ = attempts.record(report).whenComplete((settlement, thrown) -> {
            if (thrown == null) {
                settled(report, settlement);
            } else if (outages.isOutage(Thrown.cause(thrown)) && !closing) {
                Thread.ofVirtual().start(() -> reportAgain(report));
            } else {
                LOG.error(
                        "Could not record attempt {} of {}; it will be listed as unknown",
                        report.record().attempt(),
                        report.record().notificationId(),
                        thrown);
                leave(report.record().notificationId(), report.record().attempt());
            }
        });
    }

    private void reportAgain(AttemptReport report) {
        new Signal().await(PAUSE_IN_OUTAGE);
        report(report);
    }

    private void settled(AttemptReport report, Optional<DeliveryQueue.Settlement> settlement) {
        leave(report.record().notificationId(), report.record().attempt());
        if (settlement
                .filter(DeliveryQueue.Settlement.DueAgain.class::isInstance)
                .isPresent()) {
            work.raise();
        }
    }

    /** An attempt whose claim had run out may end after a later one was claimed here: that one's claim is kept. */
    private void leave(NotificationId id, int attempt) {
        inFlight.remove(id, attempt);
        taken.decrementAndGet();
        if (!isClear()) {
            work.raise();
        }
    }

    private void renewWhileOpen() {
        Duration period = settings.lease().dividedBy(3);
        Instant next = clock.instant().plus(period);
        while (!closing || !inFlight.isEmpty()) {
            new Signal().await(Duration.ofMillis(200));
            if (clock.instant().isBefore(next)) {
                continue;
            }
            next = clock.instant().plus(period);
            renew();
        }
    }

    void renew() {
        try {
            queue.renew(List.copyOf(inFlight.keySet()), leaseEnd());
        } catch (RuntimeException e) {
            LOG.warn("Could not renew claims", e);
        }
    }

    /** Whether there is a reason to claim before the time that {@link #claimDue} yielded. */
    boolean takeSignal() {
        return work.take();
    }

    /** Finishes what is being sent, gives the rest back; what a provider holds for more than 20 s is left to its lease. */
    @Override
    public void close() {
        closing = true;
        work.raise();
        giveBackUnsent();
        long deadline = System.nanoTime() + PATIENCE_AT_CLOSE.toNanos();
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        giveBackUnsent();
        if (!inFlight.isEmpty()) {
            LOG.warn("{} attempts were still under way", inFlight.size());
        }
    }

    private void giveBackUnsent() {
        List<Buffered> unsent = new ArrayList<>();
        buffer.drainTo(unsent);
        if (unsent.isEmpty()) {
            return;
        }
        List<OutgoingMessage> messages = unsent.stream().map(Buffered::message).toList();
        try {
            queue.giveBack(messages);
            notClear(0);
        } catch (RuntimeException e) {
            LOG.warn("Could not give {} claims back; they end with their leases", messages.size(), e);
        }
        messages.forEach(message -> leave(message.notificationId(), message.attempt()));
    }
}
