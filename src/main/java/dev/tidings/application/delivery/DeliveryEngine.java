package dev.tidings.application.delivery;

import dev.tidings.application.commit.Outages;
import dev.tidings.application.commit.Thrown;
import dev.tidings.application.commit.Wakeable;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.notification.NotificationCommand.RecordAttempt;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.recipient.Channel;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works one channel's queue off: claims what is due, sends it over as many lines as the providers have, and puts the
 * outcomes on record.
 *
 * <p>At most so many notifications are claimed at a time as {@link InFlightLimit} says, and a quarter more of urgent
 * ones. While the queue holds nothing else that is due in its lane or a more urgent one, or only a few that this node
 * has just left there, what is accepted on this node is claimed in the accepting transaction itself ({@link #reserve})
 * and need not be looked for.
 *
 * <p>While all providers are down nothing is claimed, then a single notification to try them.
 */
public final class DeliveryEngine implements Wakeable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryEngine.class);
    private static final Duration PAUSE_IN_OUTAGE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_PROBES = Duration.ofMillis(100);
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(10);
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(20);
    /**
     * One of the next more urgent lane is sent first if it comes within so many times as many as may be in flight: it
     * overtakes all that wait for a line, and nothing waits for ever.
     */
    private static final int HEAD_START = 2;
    /** So often the claims begin with the least urgent. */
    private static final int TURNS = 8;

    private static final Set<Lane> URGENT = EnumSet.of(Lane.INSTANT, Lane.HIGH);

    private final Channel channel;
    private final Routes routes;
    private final LastRules lastRules;
    private final DeliveryQueue queue;
    private final RecordAttempts attempts;
    private final Outages outages;
    private final InstantSource clock;
    private final DeliverySettings settings;
    private final InFlightLimit limit;

    private final PriorityBlockingQueue<Next> buffer =
            new PriorityBlockingQueue<>(64, Comparator.comparingLong(Next::turn));
    private final Map<NotificationId, Integer> inFlight = new ConcurrentHashMap<>();
    private final AtomicInteger taken = new AtomicInteger();
    /** By rank, the turn that was given last in that lane. */
    private final long[] turns = new long[Lane.values().length];

    private final Signal work = new Signal();
    private final List<Thread> threads = new ArrayList<>();
    /** How many lanes, from the most urgent, hold nothing that is due and unclaimed. */
    private final AtomicInteger clearLanes = new AtomicInteger();
    /** By this node, since the last claim began. */
    private final AtomicInteger left = new AtomicInteger();

    private final AtomicBoolean resting = new AtomicBoolean();
    private long order;
    private int claims;
    private volatile boolean closing;

    /** What a line comes to next. */
    private sealed interface Next {
        long turn();
    }

    private record Buffered(OutgoingMessage message, long turn) implements Next {}

    /** Of all lines, after all messages: each puts it back for the others. */
    private record End() implements Next {

        @Override
        public long turn() {
            return Long.MAX_VALUE;
        }
    }

    public DeliveryEngine(
            Routes routes,
            LastRules lastRules,
            DeliveryQueue queue,
            RecordAttempts attempts,
            Outages outages,
            InstantSource clock,
            DeliverySettings settings) {
        this.channel = routes.channel();
        this.routes = routes;
        this.lastRules = lastRules;
        this.queue = queue;
        this.attempts = attempts;
        this.outages = outages;
        this.clock = clock;
        this.settings = settings;
        this.limit = new InFlightLimit(settings, clock);
    }

    public Channel channel() {
        return channel;
    }

    public void start() {
        String name = "deliver-" + channel.name().toLowerCase(Locale.ROOT);
        threads.add(Thread.ofVirtual().name(name + "-claims").start(this::claimWhileOpen));
        threads.add(Thread.ofVirtual().name(name + "-leases").start(this::renewWhileOpen));
        for (int line = 0; line < lines(); line++) {
            threads.add(Thread.ofVirtual().name(name + "-line-", line).start(this::sendWhileOpen));
        }
    }

    /** More than can be in flight would have nothing to do. */
    private int lines() {
        return Math.min(routes.concurrency(), settings.inFlight() + settings.inFlight() / 4);
    }

    /** There may be anything due in the queue that this node has not claimed. */
    @Override
    public void wake() {
        notClear(Lane.INSTANT.rank());
        work.raise();
    }

    /**
     * This node has left so many in the queue, of this lane and less urgent ones. A few are claimed in a moment, and may
     * be overtaken by what comes meanwhile: if each commit waited for what the one before it had left, all would be left.
     */
    public void left(int notifications, Lane mostUrgent) {
        if (left.addAndGet(notifications) > enoughToClaim(limit.now())) {
            notClear(mostUrgent.rank());
        }
        work.raise();
    }

    /**
     * Whether it will have seen, without being told of it, what is about to be put into the queue and due at that time:
     * it looks once in a poll, and may look a moment too early the first time.
     */
    public boolean seesInTime(Instant dueAt) {
        return !dueAt.isBefore(clock.instant().plus(settings.poll().multipliedBy(2)));
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
        if (clear == 0 || closing || resting.get()) {
            return 0;
        }
        List<Lane> eligible = lanes.filter(lane -> lane.rank() < clear).toList();
        int urgent = (int) eligible.stream().filter(URGENT::contains).count();
        int most = limit.now();
        int granted = take(urgent, most + most / 4);
        return granted < urgent ? granted : granted + take(eligible.size() - urgent, most);
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
        int headStart = HEAD_START * limit.now();
        for (OutgoingMessage message : claimed) {
            inFlight.put(message.notificationId(), message.attempt());
            buffer.add(new Buffered(message, turn(message.lane().rank(), headStart)));
        }
    }

    /** Within a lane nobody overtakes, although the head start of others changes. */
    private synchronized long turn(int rank, int headStart) {
        turns[rank] = Math.max(turns[rank] + 1, order++ + (long) headStart * rank);
        return turns[rank];
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
        Duration rest = routes.rest(settings.poll());
        if (rest.isPositive()) {
            return rest;
        }
        boolean probing = routes.areClosed();
        if (probing && !inFlight.isEmpty()) {
            return BETWEEN_PROBES;
        }
        int most = limit.now();
        int places = take(probing ? 1 : most, most);
        if (places < (probing ? 1 : enoughToClaim(most))) {
            notClear(URGENT.size());
            taken.addAndGet(-places);
            return taken.get() + enoughToClaim(most) > most ? settings.poll() : Duration.ZERO;
        }
        left.set(0);
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
    private static int enoughToClaim(int most) {
        return Math.max(1, most / 4);
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
        Next next = await();
        while (next instanceof Buffered buffered) {
            attempt(buffered);
            next = await();
        }
        buffer.add(next);
    }

    /** Whose turn it is, of what is claimed and not sent yet. */
    @Nullable OutgoingMessage next(Duration atMost) {
        try {
            return buffer.poll(atMost.toMillis(), TimeUnit.MILLISECONDS) instanceof Buffered(var message, var _)
                    ? message
                    : null;
        } catch (InterruptedException e) {
            return null;
        }
    }

    /** Without ever looking around: idle lines are many. They end by {@link End}, not by being interrupted. */
    private Next await() {
        while (true) {
            try {
                return buffer.take();
            } catch (InterruptedException e) {
                LOG.debug("A line was interrupted, and goes on", e);
            }
        }
    }

    private void attempt(Buffered next) {
        switch (handedOver(next.message)) {
            case Handover.Made made -> attempted(next.message, made);
            case Handover.NotYet notYet -> {
                buffer.add(next);
                new Signal().await(notYet.pause());
            }
        }
    }

    private Handover handedOver(OutgoingMessage message) {
        return lastRules
                .objection(message)
                .<Handover>map(finding ->
                        new Handover.Made(null, new SendOutcome.Withheld(finding), clock.instant(), List.of(), false))
                .orElseGet(() -> routes.send(message));
    }

    void attempted(OutgoingMessage message, Handover.Made made) {
        RecordAttempt record = new RecordAttempt(
                message.notificationId(),
                message.attempt(),
                made.provider(),
                made.outcome(),
                made.startedAt(),
                clock.instant(),
                made.detours());
        heed();
        report(AttemptReport.of(record, message, channel, made.reportsLater()));
    }

    private void heed() {
        boolean closed = routes.areClosed();
        if (resting.compareAndSet(!closed, closed)) {
            if (closed) {
                LOG.warn("No provider for {} can be used now", channel);
                giveBackUnsent();
            } else {
                work.raise();
            }
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
        limit.settled();
        leave(report.record().notificationId(), report.record().attempt());
        if (settlement.orElse(null) instanceof DeliveryQueue.Settlement.DueAgain again && !seesInTime(again.dueAt())) {
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
        List<Next> unsent = new ArrayList<>();
        buffer.drainTo(unsent);
        if (closing) {
            buffer.add(new End());
        }
        List<OutgoingMessage> messages = unsent.stream()
                .flatMap(next -> next instanceof Buffered(var message, var _) ? Stream.of(message) : Stream.empty())
                .toList();
        if (messages.isEmpty()) {
            return;
        }
        try {
            queue.giveBack(messages);
            notClear(0);
        } catch (RuntimeException e) {
            LOG.warn("Could not give {} claims back; they end with their leases", messages.size(), e);
        }
        messages.forEach(message -> leave(message.notificationId(), message.attempt()));
    }
}
