package dev.tidings.application.delivery;

import dev.tidings.application.commit.EventLog;
import dev.tidings.application.commit.UnitsOfWork;
import dev.tidings.application.doubles.Outage;
import dev.tidings.domain.category.Categories;
import dev.tidings.domain.notification.SendOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node's engine without threads: whoever has it takes its steps. */
public final class EngineSteps {

    public final DeliveryEngine engine;
    private final RecordAttempts attempts;
    private final Routes routes;
    private final DeliveryQueue queue;
    private final InstantSource clock;
    private boolean recovering;

    public EngineSteps(
            UnitsOfWork units,
            EventLog log,
            DeliveryQueue queue,
            Routes routes,
            Categories categories,
            Aftermath aftermath,
            InstantSource clock,
            DeliverySettings settings) {
        this.routes = routes;
        this.queue = queue;
        this.clock = clock;
        attempts = new RecordAttempts(units, log, queue, aftermath, Outage::isOutage, 0);
        engine = new DeliveryEngine(
                routes, new LastRules(categories), queue, attempts, Outage::isOutage, clock, settings);
    }

    /** Yields how long there is no need for another look, unless {@link #takeSignal}. */
    public Duration claim() {
        return engine.claimDue();
    }

    public boolean takeSignal() {
        return engine.takeSignal();
    }

    public @Nullable OutgoingMessage next() {
        return engine.next(Duration.ZERO);
    }

    public void attempted(OutgoingMessage message, Instant startedAt, SendOutcome outcome) {
        Route route = routes.all().getFirst();
        route.heard(outcome, Duration.between(startedAt, clock.instant()));
        engine.attempted(message, new Handover.Made(route.name(), outcome, startedAt, List.of(), true));
    }

    public boolean commitReports() {
        boolean any = attempts.commitGathered();
        if (any && recovering) {
            recovering = false;
            engine.wake();
        }
        return any;
    }

    public void renew() {
        engine.renew();
    }

    /** Reports what was interrupted; on record after {@link #commitReports}. */
    public boolean recover() {
        List<DeliveryQueue.Interrupted> interrupted = queue.interrupted(clock.instant(), 100);
        for (DeliveryQueue.Interrupted each : interrupted) {
            var _ = attempts.record(AttemptReport.interrupted(each, clock.instant()));
        }
        recovering |= !interrupted.isEmpty();
        return !interrupted.isEmpty();
    }
}
