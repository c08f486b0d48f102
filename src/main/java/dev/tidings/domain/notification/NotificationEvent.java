package dev.tidings.domain.notification;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to one notification. Holds no address, name, text or secret: those live in rows that may be erased. */
public sealed interface NotificationEvent {

    NotificationId notificationId();

    Particulars particulars();

    /**
     * The answer to a request: it will be sent, unless {@link NotificationSuppressed} follows in the same breath.
     *
     * @param sendAt when it goes out; absent when that is at once, when it is suppressed, and in older events, which
     *     {@link NotificationScheduled} followed
     */
    record NotificationRequested(
            NotificationId notificationId,
            Particulars particulars,
            List<Finding> findings,
            @Nullable Instant sendAt) implements NotificationEvent {

        /** When it goes out. */
        public Instant dueAt() {
            return sendAt == null ? particulars.requestedAt() : sendAt;
        }
    }

    /** A rule said no: it will never be sent. */
    record NotificationSuppressed(
            NotificationId notificationId, Particulars particulars, Finding.Rule rule, String reason, Instant at)
            implements NotificationEvent {}

    /** Its time was changed: it goes out at {@code sendAt}. */
    record NotificationScheduled(NotificationId notificationId, Particulars particulars, Instant sendAt, Instant at)
            implements NotificationEvent {}

    /** What an attempt may lead to. */
    sealed interface AttemptRecorded extends NotificationEvent {

        int attempt();

        /** How many attempts there are so far whose outcome is unknown, this one included. */
        int doubtful();

        @Nullable ProviderName provider();
    }

    /** The provider accepted it. */
    record NotificationSent(
            NotificationId notificationId,
            Particulars particulars,
            int attempt,
            int doubtful,
            @Nullable ProviderName provider,
            @Nullable String providerMessageId,
            @Nullable Instant startedAt,
            Instant at)
            implements AttemptRecorded {}

    /**
     * A provider accepted it once more: an earlier attempt, thought lost, had arrived.
     *
     * @param delivered whether it was known by then that a copy had arrived
     */
    record NotificationSentAgain(
            NotificationId notificationId,
            Particulars particulars,
            int attempt,
            int doubtful,
            @Nullable ProviderName provider,
            Instant at,
            boolean delivered)
            implements AttemptRecorded {}

    /** A provider could not take it, and the same attempt went on with another one: what came of that follows. */
    record AttemptFailedOver(
            NotificationId notificationId,
            Particulars particulars,
            int attempt,
            int doubtful,
            ProviderName provider,
            Failure failure,
            Instant at)
            implements AttemptRecorded {}

    /** A rule that was asked again just before it was to be sent said no: it will never be sent. */
    record NotificationWithheld(
            NotificationId notificationId,
            Particulars particulars,
            int attempt,
            int doubtful,
            Finding.Rule rule,
            String reason,
            Instant at)
            implements AttemptRecorded {

        @Override
        public @Nullable ProviderName provider() {
            return null;
        }
    }

    /** It failed for now, and will be tried again. */
    record AttemptFailed(
            NotificationId notificationId,
            Particulars particulars,
            int attempt,
            int doubtful,
            @Nullable ProviderName provider,
            Failure failure,
            @Nullable Instant startedAt,
            Instant at,
            Instant retryAt)
            implements AttemptRecorded {}

    /** The provider could not be used, whatever the message: that says nothing of this one, and uses up no retry. */
    record AttemptPostponed(
            NotificationId notificationId,
            Particulars particulars,
            int attempt,
            int doubtful,
            @Nullable ProviderName provider,
            Failure failure,
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
            int doubtful,
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
            int doubtful,
            @Nullable ProviderName provider,
            Failure failure,
            Cause cause,
            @Nullable Instant startedAt,
            Instant at)
            implements AttemptRecorded {}

    enum Cause {
        PERMANENT,
        RETRIES_EXHAUSTED,
        /** The provider could not be used for longer than the type of notification can wait. */
        PROVIDER_DOWN
    }

    /** What its provider said later of what it had accepted. */
    sealed interface Reported extends NotificationEvent {

        /** How many attempts had been made. */
        int attempts();

        /** How many of them are of unknown outcome. */
        int doubtful();

        ProviderName provider();

        Instant at();
    }

    /** It is on the person's device, or in their mailbox. */
    record NotificationDelivered(
            NotificationId notificationId,
            Particulars particulars,
            int attempt,
            int attempts,
            int doubtful,
            ProviderName provider,
            Instant at)
            implements Reported {}

    /** The person has opened it. */
    record NotificationRead(
            NotificationId notificationId,
            Particulars particulars,
            int attempts,
            int doubtful,
            ProviderName provider,
            Instant at)
            implements Reported {}

    /** The provider had accepted it, and could not deliver it. */
    record NotificationBounced(
            NotificationId notificationId,
            Particulars particulars,
            int attempt,
            int attempts,
            int doubtful,
            ProviderName provider,
            Failure failure,
            Instant at)
            implements Reported {}

    /** It has arrived, and the person called it spam. */
    record NotificationComplained(
            NotificationId notificationId,
            Particulars particulars,
            int attempt,
            int attempts,
            int doubtful,
            ProviderName provider,
            Instant at)
            implements Reported {}

    /** What somebody, or time, decided after it was accepted. */
    sealed interface Intervened extends NotificationEvent {

        /** How many attempts had been made. */
        int attempts();

        /** How many of them are of unknown outcome. */
        int doubtful();

        Instant at();
    }

    /** It will never be sent: somebody took it back in time. */
    record NotificationCancelled(
            NotificationId notificationId, Particulars particulars, int attempts, int doubtful, Instant at)
            implements Intervened {}

    /** It will not be sent any more: it came to be of no use before it was. */
    record NotificationExpired(
            NotificationId notificationId, Particulars particulars, int attempts, int doubtful, Instant at)
            implements Intervened {}

    /** It had failed, and is tried afresh. */
    record NotificationRedriven(
            NotificationId notificationId, Particulars particulars, int attempts, int doubtful, Instant at)
            implements Intervened {}

    /** Somebody said what is to be thought of attempts whose outcome was unknown. */
    record NotificationResolved(
            NotificationId notificationId,
            Particulars particulars,
            int attempts,
            int doubtful,
            NotificationCommand.Resolution resolution,
            Instant at)
            implements Intervened {}
}
