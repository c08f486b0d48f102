package dev.tidings.application.acceptance;

import dev.tidings.application.InvalidInput;
import dev.tidings.application.commit.GroupCommit;
import dev.tidings.application.commit.Outages;
import dev.tidings.application.commit.UnitsOfWork;
import dev.tidings.application.delivery.DeliveryEngines;
import dev.tidings.application.delivery.DeliveryQueue;
import dev.tidings.application.notification.NotificationContents;
import dev.tidings.application.preferences.PreferencesLog;
import dev.tidings.application.preferences.Recipients;
import dev.tidings.application.suppression.Suppressions;
import dev.tidings.domain.notification.NotificationId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * Takes responsibility for notifications: whoever got a receipt can forget about it. What arrives together is decided,
 * written and queued in one commit; what may go out at once is claimed in that same commit.
 */
public final class AcceptNotifications implements AutoCloseable {

    /**
     * The second helps where batches come faster than one can commit. Where it always worked, single ones came in
     * smaller groups.
     */
    private static final int COMMITTERS = 2;

    private static final int GROUP = 200;

    private final UnitsOfWork units;
    private final Ports ports;
    private final DeliveryEngines engines;
    private final RandomGenerator random;
    private final Intake intake;
    private final Outages outages;
    private final GroupCommit<NotificationDraft, Optional<Receipt>> commits;

    /** What a commit writes to. */
    public record Ports(
            SourceMessages sources,
            RecentMessages recent,
            PreferencesLog preferences,
            Recipients recipients,
            NotificationContents contents,
            DeliveryQueue queue,
            Suppressions suppressions,
            Fallbacks fallbacks,
            RecipientLimits limits) {}

    public AcceptNotifications(
            UnitsOfWork units,
            Ports ports,
            DeliveryEngines engines,
            RandomGenerator random,
            Intake intake,
            Outages outages) {
        this(units, ports, engines, random, intake, outages, COMMITTERS);
    }

    AcceptNotifications(
            UnitsOfWork units,
            Ports ports,
            DeliveryEngines engines,
            RandomGenerator random,
            Intake intake,
            Outages outages,
            int committers) {
        this.units = units;
        this.ports = ports;
        this.engines = engines;
        this.random = random;
        this.intake = intake;
        this.outages = outages;
        this.commits = new GroupCommit<>("accept", committers, GROUP, Duration.ZERO, this::commit, outages);
    }

    /**
     * The receipt comes after the commit. Waits while many are waiting already.
     *
     * @throws IntakePaused when nothing is taken in for now
     * @return fails with {@link MessageIdReused} when the draft's source has led to something else, with {@link
     *     InvalidInput} when it has led to nothing, and the draft comes too late
     */
    public CompletableFuture<Receipt> accept(NotificationDraft draft) {
        intake.check();
        return commits.submit(draft).thenApply(receipt -> receipt.orElseThrow(() -> reused(draft)));
    }

    boolean commitGathered() {
        return commits.commitGathered();
    }

    private static MessageIdReused reused(NotificationDraft draft) {
        NotificationDraft.Source source = draft.source();
        if (source == null) {
            throw new IllegalStateException("a draft without a source repeats nothing");
        }
        return new MessageIdReused(source.message());
    }

    private List<Optional<Receipt>> commit(List<NotificationDraft> drafts) {
        Places places = new Places(engines, drafts);
        Acceptance acceptance;
        try {
            acceptance = units.inOneCommit(() -> acceptance(drafts, places).write());
        } catch (Throwable thrown) {
            places.giveBack();
            if (outages.isOutOfSpace(thrown)) {
                intake.ranOutOfSpace();
            }
            throw thrown;
        }
        intake.tookIn();
        places.deliver();
        return acceptance.receipts();
    }

    private Acceptance acceptance(List<NotificationDraft> drafts, Places places) {
        places.begin();
        List<Acceptance.Candidate> candidates = new ArrayList<>(drafts.size());
        for (NotificationDraft draft : drafts) {
            candidates.add(new Acceptance.Candidate(draft, id(draft, candidates.size())));
        }
        return new Acceptance(units, ports, candidates, places);
    }

    /** Those of one millisecond and one commit sort by their order in it, and so go side by side into each index. */
    private NotificationId id(NotificationDraft draft, int order) {
        return NotificationId.at(draft.requestedAt().toEpochMilli(), order, random.nextLong());
    }

    @Override
    public void close() {
        commits.close();
    }
}
