package dev.tidings.application.acceptance;

import dev.tidings.application.commit.UnitsOfWork;
import dev.tidings.application.delivery.DeliveryEngine;
import dev.tidings.application.delivery.DeliveryEngines;
import dev.tidings.application.doubles.Outage;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** Acceptance without threads: whoever has it commits what has gathered. */
public final class AcceptanceSteps {

    private final AcceptNotifications accept;

    public AcceptanceSteps(
            UnitsOfWork units,
            AcceptNotifications.Ports ports,
            DeliveryEngine engine,
            RandomGenerator random,
            InstantSource clock) {
        accept = new AcceptNotifications(
                units,
                ports,
                new DeliveryEngines(List.of(engine)),
                random,
                new Intake(Long.MAX_VALUE, clock),
                Outage::isOutage,
                0);
    }

    public CompletableFuture<Receipt> submit(NotificationDraft draft) {
        return accept.accept(draft);
    }

    public boolean commit() {
        return accept.commitGathered();
    }
}
