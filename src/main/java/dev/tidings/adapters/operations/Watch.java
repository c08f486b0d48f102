package dev.tidings.adapters.operations;

import dev.tidings.adapters.operations.Alert.Condition;
import dev.tidings.application.acceptance.Intake;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Looks at everything every few seconds. Gauges, alerts and digests speak of what was seen last, so that asking for them
 * costs the database nothing.
 */
final class Watch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final Sampler sampler;
    private final MeterRegistry registry;
    private final History history;
    private final Health health;
    private final SampleGauges gauges;
    private final AlertRules rules;
    private final OpenCircuits circuits;
    private final Alerts alerts;
    private final Optional<Intake> intake;
    private volatile @Nullable Thread thread;

    Watch(
            Sampler sampler,
            MeterRegistry registry,
            History history,
            Health health,
            SampleGauges gauges,
            AlertRules rules,
            OpenCircuits circuits,
            Alerts alerts,
            Optional<Intake> intake) {
        this.sampler = sampler;
        this.registry = registry;
        this.history = history;
        this.health = health;
        this.gauges = gauges;
        this.rules = rules;
        this.circuits = circuits;
        this.alerts = alerts;
        this.intake = intake;
    }

    void look() {
        Sample sample = sampler.take();
        sample.waiting().ifPresent(waiting -> intake.ifPresent(each -> each.seen(waiting)));
        history.add(sample.at(), Totals.of(registry));
        HealthReport report = health.report().join();
        gauges.update(sample, report);
        List<Condition> conditions = new ArrayList<>(rules.check(report, sample, history));
        conditions.addAll(circuits.check(sample.at()));
        alerts.update(sample.at(), conditions);
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                look();
            } catch (RuntimeException e) {
                LOG.warn("Could not look how things are; trying again", e);
            }
            try {
                Thread.sleep(PERIOD);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("watch").start(this::watch);
    }

    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
