package dev.tidings.domain.notification;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order to one notification. */
public sealed interface NotificationCommand {

    NotificationId notificationId();

    /**
     * @param findings what the rules said; at least one
     * @param sendAt when it shall go out; at once when absent
     */
    record RequestNotification(
            NotificationId notificationId,
            Particulars particulars,
            List<Finding> findings,
            @Nullable Instant sendAt) implements NotificationCommand {}

    /**
     * @param attempt the attempt's number, from 1
     * @param provider absent when the process that claimed it never said
     * @param endedAt when the outcome was known
     * @param detours by whom it was asked for in vain before, in that order
     */
    record RecordAttempt(
            NotificationId notificationId,
            int attempt,
            @Nullable ProviderName provider,
            SendOutcome outcome,
            @Nullable Instant startedAt,
            Instant endedAt,
            List<Detour> detours)
            implements NotificationCommand {}

    /**
     * @param attempt which one the provider speaks of, from 1; 0 when it doesn't say: the last that may have arrived
     * @param failure why it did not arrive; absent where it did
     */
    record RecordReport(
            NotificationId notificationId,
            int attempt,
            ProviderName provider,
            @Nullable String providerMessageId,
            ReportedStage stage,
            @Nullable Failure failure,
            Instant at)
            implements NotificationCommand {

        RecordReport on(int attempt) {
            return new RecordReport(notificationId, attempt, provider, providerMessageId, stage, failure, at);
        }

        /** The attempt as it would have been recorded, had its outcome been known. */
        RecordAttempt asAttempt() {
            return new RecordAttempt(
                    notificationId,
                    attempt,
                    provider,
                    new SendOutcome.Accepted(providerMessageId),
                    null,
                    at,
                    List.of());
        }

        Failure why() {
            return failure == null ? new Failure("undelivered", "the provider doesn't say why") : failure;
        }
    }

    /** What a person or a service decides about a notification that was accepted earlier. */
    sealed interface Intervention extends NotificationCommand {
        Instant at();
    }

    /** @param onItsWay whether a worker has claimed it */
    record Reschedule(NotificationId notificationId, Instant sendAt, boolean onItsWay, Instant at)
            implements Intervention {}

    /** @param onItsWay whether a worker has claimed it */
    record Cancel(NotificationId notificationId, boolean onItsWay, Instant at) implements Intervention {}

    /** It has waited for too long to be of use. */
    record Expire(NotificationId notificationId, Instant at) implements Intervention {}

    /** It has failed, and whatever made it fail is mended: it starts afresh. */
    record Redrive(NotificationId notificationId, Instant at) implements Intervention {}

    /**
     * Somebody has found out, or decided, what became of attempts whose outcome was unknown.
     *
     * @param onItsWay whether a worker has claimed it
     */
    record Resolve(NotificationId notificationId, Resolution resolution, boolean onItsWay, Instant at)
            implements Intervention {}

    enum Resolution {
        /** Send it again, at the risk of a second copy. */
        RESEND,
        /** It did arrive. */
        SENT,
        /** It did not arrive, and shall not be tried again. */
        FAILED
    }
}
