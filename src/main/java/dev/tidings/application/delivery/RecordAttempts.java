package dev.tidings.application.delivery;

import dev.tidings.application.commit.EventLog;
import dev.tidings.application.commit.GroupCommit;
import dev.tidings.application.commit.Outages;
import dev.tidings.application.commit.UnitsOfWork;
import dev.tidings.application.delivery.DeliveryQueue.Settlement;
import dev.tidings.application.notification.NotificationRequestAggregate.Recorded;
import dev.tidings.domain.notification.NotificationCommand.RecordAttempt;
import dev.tidings.domain.notification.NotificationEvent.AttemptFailed;
import dev.tidings.domain.notification.NotificationEvent.AttemptFailedOver;
import dev.tidings.domain.notification.NotificationEvent.AttemptOutcomeUnknown;
import dev.tidings.domain.notification.NotificationEvent.AttemptPostponed;
import dev.tidings.domain.notification.NotificationEvent.AttemptRecorded;
import dev.tidings.domain.notification.NotificationEvent.NotificationFailed;
import dev.tidings.domain.notification.NotificationEvent.NotificationSent;
import dev.tidings.domain.notification.NotificationEvent.NotificationSentAgain;
import dev.tidings.domain.notification.NotificationEvent.NotificationWithheld;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Puts what came of attempts on record, and moves the queue accordingly, many in one commit. */
public final class RecordAttempts implements AutoCloseable {

    private static final int COMMITTERS = 1;
    private static final int GROUP = 200;
    /** Nobody waits for the record of what was sent; each commit costs as much as ten records. */
    private static final Duration GATHERING = Duration.ofMillis(20);

    private final UnitsOfWork units;
    private final EventLog log;
    private final DeliveryQueue queue;
    private final Aftermath aftermath;
    private final GroupCommit<AttemptReport, Optional<Settlement>> reports;

    public RecordAttempts(UnitsOfWork units, EventLog log, DeliveryQueue queue, Aftermath aftermath, Outages outages) {
        this(units, log, queue, aftermath, outages, COMMITTERS);
    }

    RecordAttempts(
            UnitsOfWork units,
            EventLog log,
            DeliveryQueue queue,
            Aftermath aftermath,
            Outages outages,
            int committers) {
        this.units = units;
        this.log = log;
        this.queue = queue;
        this.aftermath = aftermath;
        this.reports = new GroupCommit<>("record-attempts", committers, GROUP, GATHERING, this::commit, outages);
    }

    /** Yields what became of the queue's row; nothing when this attempt was on record, and its row settled, already. */
    CompletableFuture<Optional<Settlement>> record(AttemptReport report) {
        return reports.submit(report);
    }

    boolean commitGathered() {
        return reports.commitGathered();
    }

    private List<Optional<Settlement>> commit(List<AttemptReport> group) {
        return units.inOneCommit(() -> {
            log.prefetch(group.stream()
                    .map(report -> report.record().notificationId())
                    .toList());
            List<Optional<Settlement>> settlements =
                    group.stream().map(this::settle).toList();
            queue.settle(settlements.stream().flatMap(Optional::stream).toList());
            aftermath.of(group);
            return settlements;
        });
    }

    private Optional<Settlement> settle(AttemptReport report) {
        Recorded recorded = units.dispatch(report.record(), report.context().metadata(), Recorded.class);
        return recorded.latest()
                .map(RecordAttempts::settlement)
                .or(() -> recorded.ended() ? Optional.of(tooLate(report.record())) : Optional.empty());
    }

    /** An attempt that failed after another one had arrived is no news, but its claim must go. */
    private static Settlement tooLate(RecordAttempt attempt) {
        return new Settlement.TooLate(attempt.notificationId(), attempt.attempt());
    }

    private static Settlement settlement(AttemptRecorded event) {
        return switch (event) {
            case NotificationSent e -> new Settlement.Ended(e.notificationId(), e.attempt());
            case NotificationSentAgain e -> new Settlement.Ended(e.notificationId(), e.attempt());
            case NotificationFailed e -> new Settlement.Ended(e.notificationId(), e.attempt());
            case NotificationWithheld e -> new Settlement.Ended(e.notificationId(), e.attempt());
            case AttemptFailedOver e -> throw new IllegalStateException("what came of it must follow " + e.provider());
            case AttemptFailed e -> new Settlement.DueAgain(e.notificationId(), e.attempt(), e.retryAt());
            case AttemptPostponed e -> new Settlement.DueAgain(e.notificationId(), e.attempt(), e.retryAt());
            case AttemptOutcomeUnknown e
            when e.resendAt() != null -> new Settlement.DueAgain(e.notificationId(), e.attempt(), e.resendAt());
            case AttemptOutcomeUnknown e -> new Settlement.Held(e.notificationId(), e.attempt());
        };
    }

    @Override
    public void close() {
        reports.close();
    }
}
