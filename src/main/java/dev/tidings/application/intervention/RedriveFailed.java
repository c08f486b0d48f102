package dev.tidings.application.intervention;

import dev.tidings.application.commit.Outages;
import dev.tidings.application.commit.Thrown;
import dev.tidings.application.notification.NotificationReads;
import dev.tidings.application.notification.NotificationReads.Found;
import dev.tidings.application.notification.NotificationReads.Page;
import dev.tidings.application.notification.NotificationReads.Query;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.recipient.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Redrives many that have failed, at a pace that providers and other mail can bear. Carried out by this node alone, one
 * run at a time; what was redriven stays so if the node ends before the run does, and the rest is found again.
 */
public final class RedriveFailed implements AutoCloseable {

    public static final int MOST = 10_000;
    public static final int FASTEST = 1_000;

    private static final int PAGE = 200;
    private static final int REMEMBERED = 50;

    private final NotificationReads reads;
    private final Intervene intervene;
    private final Outages outages;
    private final InstantSource clock;
    private final Map<UUID, RedriveRun> runs = new LinkedHashMap<>();

    public RedriveFailed(NotificationReads reads, Intervene intervene, Outages outages, InstantSource clock) {
        this.reads = reads;
        this.intervene = intervene;
        this.outages = outages;
        this.clock = clock;
    }

    /** Which of those that have failed; what is absent doesn't matter. */
    public record Filter(
            @Nullable UserId userId,
            @Nullable ServiceId serviceId,
            @Nullable NotificationType type,
            @Nullable String template,
            @Nullable ProviderName provider,
            boolean outcomeUnknown,
            @Nullable Instant from,
            @Nullable Instant to) {

        private Query olderThan(@Nullable NotificationId before, int limit) {
            return new Query(
                    userId,
                    serviceId,
                    type,
                    NotificationStatus.FAILED,
                    template,
                    provider,
                    outcomeUnknown,
                    from,
                    to,
                    before,
                    limit);
        }
    }

    /** @param more whether there are others beyond those */
    public record Selection(List<NotificationId> ids, boolean more) {}

    /**
     * Those that a run would redrive, the newest first. Blocks.
     *
     * @param limit 1 to {@value #MOST}
     */
    public Selection select(Filter filter, int limit) {
        List<NotificationId> ids = new ArrayList<>();
        boolean more = true;
        NotificationId before = null;
        while (more && ids.size() < limit) {
            Page page = page(filter.olderThan(before, Math.min(PAGE, limit - ids.size())));
            page.items().stream().map(Found::view).forEach(view -> ids.add(view.notificationId()));
            more = page.more();
            before = ids.isEmpty() ? null : ids.getLast();
        }
        return new Selection(ids, more);
    }

    private Page page(Query query) {
        try {
            return reads.list(query).toCompletableFuture().join();
        } catch (RuntimeException e) {
            throw Thrown.unchecked(e);
        }
    }

    /**
     * Starts a run, the oldest first. Blocks only while it looks for them.
     *
     * @param perSecond 1 to {@value #FASTEST}
     * @return none while another run is under way
     */
    public Optional<RedriveProgress> start(UUID id, Filter filter, int limit, int perSecond) {
        if (isUnderWay()) {
            return Optional.empty();
        }
        List<NotificationId> oldestFirst = select(filter, limit).ids().reversed();
        synchronized (runs) {
            if (isUnderWay()) {
                return Optional.empty();
            }
            RedriveRun run = new RedriveRun(id, oldestFirst, perSecond, intervene, outages, clock);
            runs.put(id, run);
            if (runs.size() > REMEMBERED) {
                runs.remove(runs.keySet().iterator().next());
            }
            run.start();
            return Optional.of(run.progress());
        }
    }

    private boolean isUnderWay() {
        synchronized (runs) {
            return runs.values().stream().anyMatch(RedriveRun::isUnderWay);
        }
    }

    /** Of a run of this node since it was started; the last ones only. */
    public Optional<RedriveProgress> progress(UUID id) {
        synchronized (runs) {
            return Optional.ofNullable(runs.get(id)).map(RedriveRun::progress);
        }
    }

    /** Stops after the one that is being redriven. */
    @Override
    public void close() {
        synchronized (runs) {
            runs.values().forEach(RedriveRun::close);
        }
    }
}
