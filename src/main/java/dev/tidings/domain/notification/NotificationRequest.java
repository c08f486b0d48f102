package dev.tidings.domain.notification;

import static dev.tidings.domain.notification.NotificationRefused.Reason.NEVER_REQUESTED;

import dev.tidings.domain.notification.Finding.Verdict;
import dev.tidings.domain.notification.NotificationCommand.RecordAttempt;
import dev.tidings.domain.notification.NotificationCommand.RequestNotification;
import dev.tidings.domain.notification.NotificationEvent.AttemptFailed;
import dev.tidings.domain.notification.NotificationEvent.AttemptOutcomeUnknown;
import dev.tidings.domain.notification.NotificationEvent.AttemptRecorded;
import dev.tidings.domain.notification.NotificationEvent.Cause;
import dev.tidings.domain.notification.NotificationEvent.NotificationFailed;
import dev.tidings.domain.notification.NotificationEvent.NotificationRequested;
import dev.tidings.domain.notification.NotificationEvent.NotificationSent;
import dev.tidings.domain.notification.NotificationEvent.NotificationSentAgain;
import dev.tidings.domain.notification.NotificationEvent.NotificationSuppressed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The life of one notification: requested, then either suppressed, or tried until it is sent or has failed.
 *
 * <p>Attempts are numbered by the queue when they are claimed. Each number is recorded once; a repeated record is
 * silent. An attempt whose outcome was unknown may still turn out to have been accepted: that is recorded, and nothing
 * that is said later takes it back.
 */
public sealed interface NotificationRequest {

    record Unborn() implements NotificationRequest {}

    record Waiting(NotificationId id, Particulars particulars, Attempts attempts) implements NotificationRequest {}

    record Sent(NotificationId id, Particulars particulars, Attempts attempts) implements NotificationRequest {}

    record Failed(NotificationId id, Particulars particulars, Attempts attempts) implements NotificationRequest {}

    record Suppressed(NotificationId id) implements NotificationRequest {}

    default List<NotificationEvent> decide(RequestNotification command) {
        return switch (this) {
            case Unborn _ -> request(command);
            case Waiting _, Sent _, Failed _, Suppressed _ -> List.of();
        };
    }

    private static List<NotificationEvent> request(RequestNotification command) {
        List<NotificationEvent> events = new ArrayList<>(2);
        events.add(new NotificationRequested(command.notificationId(), command.particulars(), command.findings()));
        command.findings().stream()
                .filter(finding -> finding.verdict() == Verdict.SUPPRESS)
                .findFirst()
                .map(finding -> new NotificationSuppressed(
                        command.notificationId(),
                        command.particulars(),
                        finding.rule(),
                        finding.saw(),
                        command.particulars().requestedAt()))
                .ifPresent(events::add);
        return List.copyOf(events);
    }

    /** {@code chance}, from 0 to 1, moves the time of a retry within its jitter. */
    default List<AttemptRecorded> decide(RecordAttempt command, Categories categories, double chance) {
        return switch (this) {
            case Waiting w when w.attempts.has(command) -> List.of();
            case Waiting w -> List.of(settle(w, command, categories.rulesFor(w.particulars.type()), chance));
            case Sent s when s.attempts.has(command) -> List.of();
            case Sent s ->
                acceptedBy(command)
                        .map(_ -> List.<AttemptRecorded>of(new NotificationSentAgain(
                                s.id, s.particulars, command.attempt(), command.provider(), command.endedAt())))
                        .orElse(List.of());
            case Failed f when f.attempts.has(command) -> List.of();
            case Failed f ->
                acceptedBy(command)
                        .map(accepted -> List.<AttemptRecorded>of(sent(f.id, f.particulars, command, accepted)))
                        .orElse(List.of());
            case Suppressed _ -> List.of();
            case Unborn _ -> throw new NotificationRefused(NEVER_REQUESTED, command.notificationId());
        };
    }

    private static Optional<SendOutcome.Accepted> acceptedBy(RecordAttempt command) {
        return command.outcome() instanceof SendOutcome.Accepted accepted ? Optional.of(accepted) : Optional.empty();
    }

    private static AttemptRecorded settle(Waiting waiting, RecordAttempt command, Category category, double chance) {
        return switch (command.outcome()) {
            case SendOutcome.Accepted accepted -> sent(waiting.id, waiting.particulars, command, accepted);
            case SendOutcome.FailedForGood(Failure failure) -> failed(waiting, command, failure, Cause.PERMANENT);
            case SendOutcome.FailedForNow(Failure failure, Duration retryAfter) ->
                category.retry()
                        .delayAfter(command.attempt(), chance, retryAfter)
                        .<AttemptRecorded>map(delay -> new AttemptFailed(
                                waiting.id,
                                waiting.particulars,
                                command.attempt(),
                                command.provider(),
                                failure,
                                command.startedAt(),
                                command.endedAt(),
                                command.endedAt().plus(delay)))
                        .orElseGet(() -> failed(waiting, command, failure, Cause.RETRIES_EXHAUSTED));
            case SendOutcome.Unknown(Failure failure) ->
                new AttemptOutcomeUnknown(
                        waiting.id,
                        waiting.particulars,
                        command.attempt(),
                        command.provider(),
                        failure,
                        command.endedAt(),
                        resendAt(command, category, chance));
        };
    }

    private static @Nullable Instant resendAt(RecordAttempt command, Category category, double chance) {
        return switch (category.whenUnknown()) {
            case RESEND ->
                category.retry()
                        .delayAfter(command.attempt(), chance, Duration.ZERO)
                        .map(command.endedAt()::plus)
                        .orElse(null);
            case HOLD -> null;
        };
    }

    private static NotificationSent sent(
            NotificationId id, Particulars particulars, RecordAttempt command, SendOutcome.Accepted accepted) {
        return new NotificationSent(
                id,
                particulars,
                command.attempt(),
                command.provider(),
                accepted.providerMessageId(),
                command.startedAt(),
                command.endedAt());
    }

    private static NotificationFailed failed(Waiting waiting, RecordAttempt command, Failure failure, Cause cause) {
        return new NotificationFailed(
                waiting.id,
                waiting.particulars,
                command.attempt(),
                command.provider(),
                failure,
                cause,
                command.startedAt(),
                command.endedAt());
    }

    /** Nothing is left to be tried. */
    default boolean hasEnded() {
        return switch (this) {
            case Sent _, Failed _, Suppressed _ -> true;
            case Unborn _, Waiting _ -> false;
        };
    }

    default NotificationRequest evolve(NotificationEvent event) {
        return switch (event) {
            case NotificationRequested e -> new Waiting(e.notificationId(), e.particulars(), Attempts.NONE);
            case NotificationSuppressed e -> new Suppressed(e.notificationId());
            case NotificationSent e ->
                new Sent(e.notificationId(), e.particulars(), attempts().settled(e.attempt()));
            case NotificationSentAgain e ->
                new Sent(e.notificationId(), e.particulars(), attempts().settled(e.attempt()));
            case AttemptFailed e ->
                new Waiting(e.notificationId(), e.particulars(), attempts().settled(e.attempt()));
            case AttemptOutcomeUnknown e ->
                new Waiting(e.notificationId(), e.particulars(), attempts().doubtful(e.attempt()));
            case NotificationFailed e ->
                new Failed(e.notificationId(), e.particulars(), attempts().settled(e.attempt()));
        };
    }

    private Attempts attempts() {
        return switch (this) {
            case Waiting w -> w.attempts;
            case Sent s -> s.attempts;
            case Failed f -> f.attempts;
            case Unborn _, Suppressed _ -> Attempts.NONE;
        };
    }

    /** Which attempts have been recorded: with an outcome, or as doubtful. */
    record Attempts(BitSet settled, BitSet doubtful) {

        static final Attempts NONE = new Attempts(new BitSet(), new BitSet());

        /** A doubtful attempt is recorded already, unless the news is that it was accepted. */
        boolean has(RecordAttempt command) {
            return settled.get(command.attempt())
                    || (doubtful.get(command.attempt()) && !(command.outcome() instanceof SendOutcome.Accepted));
        }

        Attempts settled(int attempt) {
            return new Attempts(with(settled, attempt), doubtful);
        }

        Attempts doubtful(int attempt) {
            return new Attempts(settled, with(doubtful, attempt));
        }

        private static BitSet with(BitSet bits, int bit) {
            BitSet copy = (BitSet) bits.clone();
            copy.set(bit);
            return copy;
        }
    }
}
