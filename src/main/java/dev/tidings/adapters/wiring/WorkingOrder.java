package dev.tidings.adapters.wiring;

import dev.tidings.application.acceptance.AcceptNotifications;
import dev.tidings.application.delivery.DeliveryEngines;
import dev.tidings.application.delivery.DirectProviders;
import dev.tidings.application.delivery.RecordAttempts;
import dev.tidings.application.delivery.RecoverInterruptedAttempts;
import dev.tidings.application.intervention.KeepOrder;
import dev.tidings.application.reports.RecordReports;
import org.springframework.context.SmartLifecycle;

/**
 * Starts delivery before anything is taken in, and stops it after: first what comes in is committed, then what is being
 * sent is finished or given back, then the last outcomes are put on record.
 */
final class WorkingOrder implements SmartLifecycle {

    /**
     * What takes things in starts after this phase and stops before it: the web server and the broker's consumers. Axon
     * (its phase is 3,072 below the last) starts before it and stops after it: without its handlers nothing can be put
     * on record.
     */
    private static final int PHASE = DEFAULT_PHASE - 2_560;

    private final AcceptNotifications accept;
    private final DeliveryEngines engines;
    private final RecordAttempts attempts;
    private final RecoverInterruptedAttempts recover;
    private final KeepOrder keepOrder;
    private final DirectProviders directProviders;
    private final RecordReports reports;
    private volatile boolean running;

    WorkingOrder(
            AcceptNotifications accept,
            DeliveryEngines engines,
            RecordAttempts attempts,
            RecoverInterruptedAttempts recover,
            KeepOrder keepOrder,
            DirectProviders directProviders,
            RecordReports reports) {
        this.accept = accept;
        this.engines = engines;
        this.attempts = attempts;
        this.recover = recover;
        this.keepOrder = keepOrder;
        this.directProviders = directProviders;
        this.reports = reports;
    }

    @Override
    public void start() {
        directProviders.start();
        engines.start();
        recover.start();
        keepOrder.start();
        reports.start();
        running = true;
    }

    @Override
    public void stop() {
        accept.close();
        keepOrder.close();
        recover.close();
        directProviders.close();
        engines.close();
        attempts.close();
        reports.close();
        running = false;
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
