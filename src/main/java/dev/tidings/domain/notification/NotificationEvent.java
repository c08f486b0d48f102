package dev.tidings.domain.notification;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to one notification. Holds no address, name, text or secret: those live in rows that may be erased. */
public sealed interface NotificationEvent {

    NotificationId notificationId();

    /** The answer to a request: queued at once, unless {@link NotificationSuppressed} follows in the same breath. */
    record NotificationRequested(NotificationId notificationId, Particulars particulars, List<Finding> findings)
            implements NotificationEvent {}

    /** A rule said no: it will never be sent. */
    record NotificationSuppressed(
            NotificationId notificationId, Particulars particulars, Finding.Rule rule, String reason, Instant at)
            implements NotificationEvent {}

    /** What an attempt may lead to. */
    sealed interface AttemptRecorded extends NotificationEvent {
        int attempt();

        Particulars particulars();

        @Nullable ProviderName provider();
    }

    /** The provider accepted it. */
    record NotificationSent(
            NotificationId notificationId,
            Particulars particulars,
            int attempt,
            @Nullable ProviderName provider,
            @Nullable String providerMessageId,
            @Nullable Instant startedAt,
            Instant at)
            implements AttemptRecorded {}

    /** The provider accepted it once more: an earlier attempt, thought lost, had arrived. */
    record NotificationSentAgain(
            NotificationId notificationId,
            Particulars particulars,
            int attempt,
            @Nullable ProviderName provider,
            Instant at)
            implements AttemptRecorded {}

    /** It failed for now, and will be tried again. */
    record AttemptFailed(
            NotificationId notificationId,
            Particulars particulars,
            int attempt,
            @Nullable ProviderName provider,
            Failure failure,
            @Nullable Instant startedAt,
            Instant at,
            Instant retryAt)
            implements AttemptRecorded {}

    /**
     * Nobody knows whether it arrived. {@code resendAt} is absent when it is held for a person to
     * decide: the category says so, or the retries are used up.
     */
    record AttemptOutcomeUnknown(
            NotificationId notificationId,
            Particulars particulars,
            int attempt,
            @Nullable ProviderName provider,
            Failure failure,
            Instant at,
            @Nullable Instant resendAt)
            implements AttemptRecorded {}

    /** It failed for good, or too often. */
    record NotificationFailed(
            NotificationId notificationId,
            Particulars particulars,
            int attempt,
            @Nullable ProviderName provider,
            Failure failure,
            Cause cause,
            @Nullable Instant startedAt,
            Instant at)
            implements AttemptRecorded {}

    enum Cause {
        PERMANENT,
        RETRIES_EXHAUSTED
    }
}
