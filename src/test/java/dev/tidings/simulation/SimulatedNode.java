package dev.tidings.simulation;

import dev.tidings.application.acceptance.AcceptNotifications;
import dev.tidings.application.acceptance.AcceptanceSteps;
import dev.tidings.application.delivery.DeliverySettings;
import dev.tidings.application.delivery.EngineSteps;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.application.doubles.InMemoryDeliveryQueue;
import dev.tidings.application.doubles.InMemoryDeliveryQueue.Row;
import dev.tidings.application.doubles.TidingsInMemory;
import dev.tidings.application.intervention.Intervene;
import dev.tidings.domain.notification.NotificationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One life of a node; when it crashes, whatever it knew and had not committed is gone. */
final class SimulatedNode {

    static final Duration LEASE = Duration.ofSeconds(60);
    static final int IN_FLIGHT = 6;
    private static final Duration RECOVERY = Duration.ofSeconds(5);
    private static final Duration EXPIRY = Duration.ofSeconds(1);

    final String name;
    final EngineSteps engine;
    final AcceptanceSteps acceptance;
    final Intervene intervene;
    private final TidingsInMemory ports;
    private final SimulatedProvider provider;
    private final InMemoryDeliveryQueue queue;
    private final List<Handover> sending = new ArrayList<>();
    private Instant claimAt;
    private Instant renewAt;
    private Instant recoverAt;
    private Instant expireAt;
    int claims;

    SimulatedNode(String name, TidingsInMemory ports, SimulatedProvider provider, Duration poll) {
        this.name = name;
        this.ports = ports;
        this.provider = provider;
        this.queue = ports.queue.startedAs(name);
        engine = new EngineSteps(
                ports.units,
                ports.events,
                queue,
                ports.routes(provider),
                TidingsInMemory.CATEGORIES,
                ports.aftermath,
                ports.clock,
                new DeliverySettings(IN_FLIGHT, 2 * IN_FLIGHT, LEASE, poll));
        acceptance = new AcceptanceSteps(
                ports.units,
                new AcceptNotifications.Ports(
                        ports.sources,
                        ports.recent,
                        ports.preferencesLog,
                        ports.recipients,
                        ports.contents,
                        queue,
                        ports.suppressions,
                        ports.fallbacks,
                        ports.limits),
                engine.engine,
                ports.random,
                ports.clock);
        intervene = new Intervene(ports.units, ports.events, queue, ports.clock, engine.engine::wake);
        Instant now = now();
        claimAt = now;
        renewAt = now.plus(LEASE.dividedBy(3));
        recoverAt = now.plus(RECOVERY);
        expireAt = now.plus(EXPIRY);
    }

    private Instant now() {
        return ports.clock.instant();
    }

    /** Those newly claimed; empty when there was no reason to look. */
    Set<Row> claim() {
        if (now().isBefore(claimAt) && !engine.takeSignal()) {
            return Set.of();
        }
        Set<NotificationId> before = claimed().stream().map(SimulatedNode::id).collect(Collectors.toSet());
        claims++;
        claimAt = now().plus(engine.claim());
        return claimed().stream().filter(row -> !before.contains(id(row))).collect(Collectors.toSet());
    }

    private List<Row> claimed() {
        return queue.all().stream().filter(queue::isMine).toList();
    }

    private static NotificationId id(Row row) {
        return row.entry().notificationId();
    }

    boolean beginToSend() {
        if (sending.size() == SimulatedProvider.LINES) {
            return false;
        }
        OutgoingMessage next = engine.next();
        if (next != null) {
            sending.add(provider.take(next, now()));
        }
        return next != null;
    }

    /** {@code which} from 0 to 1. */
    boolean hear(double which) {
        if (sending.isEmpty()) {
            return false;
        }
        Handover answered = sending.remove((int) (which * sending.size()));
        engine.attempted(answered.message(), answered.at(), answered.said());
        return true;
    }

    /** What is done once in a while, where its time has come. */
    boolean keepOrder() {
        boolean worked = false;
        if (!now().isBefore(renewAt)) {
            renewAt = now().plus(LEASE.dividedBy(3));
            engine.renew();
        }
        if (!now().isBefore(recoverAt)) {
            recoverAt = now().plus(RECOVERY);
            worked = engine.recover();
        }
        if (!now().isBefore(expireAt)) {
            expireAt = now().plus(EXPIRY);
            worked |= intervene.expire(100) > 0;
        }
        return worked;
    }

    Instant looksAgainAt() {
        return claimAt;
    }

    boolean isSending() {
        return !sending.isEmpty();
    }

    void wake() {
        engine.engine.wake();
    }
}
