package dev.tidings.application.intervention;

import dev.tidings.application.commit.UnitsOfWork;
import dev.tidings.application.delivery.Aftermath;
import dev.tidings.application.suppression.Suppressions;
import dev.tidings.application.suppression.Suppressions.Suppressed;
import dev.tidings.domain.recipient.Reach;
import dev.tidings.domain.recipient.Suppression;
import dev.tidings.domain.recipient.SuppressionReason;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Puts addresses on the list of those that nothing is sent to any more, and takes them off. */
public final class ManageSuppressions {

    private static final String SOURCE = "api";

    private final UnitsOfWork units;
    private final Suppressions suppressions;
    private final Aftermath aftermath;
    private final InstantSource clock;

    public ManageSuppressions(UnitsOfWork units, Suppressions suppressions, Aftermath aftermath, InstantSource clock) {
        this.units = units;
        this.suppressions = suppressions;
        this.aftermath = aftermath;
        this.clock = clock;
    }

    /** @param now what it is on the list for from now on: who is on it already may stay as they are */
    public record Put(Suppressed now, boolean isNew) {}

    public Put put(Reach reach, SuppressionReason reason) {
        return units.inOneCommit(() -> {
            Suppression wanted = new Suppression(reason, SOURCE, clock.instant());
            boolean isNew = find(reach).isEmpty();
            aftermath.suppress(List.of(new Suppressed(reach, wanted)));
            return new Put(new Suppressed(reach, find(reach).orElse(wanted)), isNew);
        });
    }

    public Optional<Suppression> find(Reach reach) {
        return Optional.ofNullable(suppressions.find(List.of(reach)).get(reach));
    }

    /** Yields whether it was on the list. */
    public boolean remove(Reach reach) {
        return suppressions.remove(reach).isPresent();
    }
}
