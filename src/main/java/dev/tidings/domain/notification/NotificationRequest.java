package dev.tidings.domain.notification;

import static dev.tidings.domain.notification.NotificationRefused.Reason.ALREADY_ENDED;
import static dev.tidings.domain.notification.NotificationRefused.Reason.ALREADY_SENT;
import static dev.tidings.domain.notification.NotificationRefused.Reason.ALREADY_TRIED;
import static dev.tidings.domain.notification.NotificationRefused.Reason.EXPIRED;
import static dev.tidings.domain.notification.NotificationRefused.Reason.MAY_HAVE_ARRIVED;
import static dev.tidings.domain.notification.NotificationRefused.Reason.NEVER_REQUESTED;
import static dev.tidings.domain.notification.NotificationRefused.Reason.NOTHING_UNKNOWN;
import static dev.tidings.domain.notification.NotificationRefused.Reason.NOT_ENDED;
import static dev.tidings.domain.notification.NotificationRefused.Reason.ON_ITS_WAY;

import dev.tidings.domain.category.Categories;
import dev.tidings.domain.category.Category;
import dev.tidings.domain.category.Category.WhenUnknown;
import dev.tidings.domain.category.RetryPolicy;
import dev.tidings.domain.notification.Finding.Verdict;
import dev.tidings.domain.notification.NotificationCommand.Cancel;
import dev.tidings.domain.notification.NotificationCommand.Expire;
import dev.tidings.domain.notification.NotificationCommand.RecordAttempt;
import dev.tidings.domain.notification.NotificationCommand.RecordReport;
import dev.tidings.domain.notification.NotificationCommand.Redrive;
import dev.tidings.domain.notification.NotificationCommand.RequestNotification;
import dev.tidings.domain.notification.NotificationCommand.Reschedule;
import dev.tidings.domain.notification.NotificationCommand.Resolution;
import dev.tidings.domain.notification.NotificationCommand.Resolve;
import dev.tidings.domain.notification.NotificationEvent.AttemptFailed;
import dev.tidings.domain.notification.NotificationEvent.AttemptFailedOver;
import dev.tidings.domain.notification.NotificationEvent.AttemptOutcomeUnknown;
import dev.tidings.domain.notification.NotificationEvent.AttemptPostponed;
import dev.tidings.domain.notification.NotificationEvent.AttemptRecorded;
import dev.tidings.domain.notification.NotificationEvent.Cause;
import dev.tidings.domain.notification.NotificationEvent.NotificationBounced;
import dev.tidings.domain.notification.NotificationEvent.NotificationCancelled;
import dev.tidings.domain.notification.NotificationEvent.NotificationComplained;
import dev.tidings.domain.notification.NotificationEvent.NotificationDelivered;
import dev.tidings.domain.notification.NotificationEvent.NotificationExpired;
import dev.tidings.domain.notification.NotificationEvent.NotificationFailed;
import dev.tidings.domain.notification.NotificationEvent.NotificationRead;
import dev.tidings.domain.notification.NotificationEvent.NotificationRedriven;
import dev.tidings.domain.notification.NotificationEvent.NotificationRequested;
import dev.tidings.domain.notification.NotificationEvent.NotificationResolved;
import dev.tidings.domain.notification.NotificationEvent.NotificationScheduled;
import dev.tidings.domain.notification.NotificationEvent.NotificationSent;
import dev.tidings.domain.notification.NotificationEvent.NotificationSentAgain;
import dev.tidings.domain.notification.NotificationEvent.NotificationSuppressed;
import dev.tidings.domain.notification.NotificationEvent.NotificationWithheld;
import dev.tidings.domain.recipient.SuppressionReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The life of one notification: requested, then suppressed, or tried until it is sent or has failed; while it waits it
 * may be cancelled or expire, and what has failed may be tried afresh. What its provider says later moves it on to
 * delivered or bounced.
 *
 * <p>Attempts are numbered by the queue when they are claimed. Each number is recorded once; a repeated record is
 * silent. An attempt whose outcome was unknown may still turn out to have been accepted: that is recorded, and nothing
 * that is said later takes it back. While there is such an attempt, nobody can be told that it was cancelled.
 */
public sealed interface NotificationRequest {

    record Unborn() implements NotificationRequest {}

    /**
     * @param from when it was to go out at the earliest, this time: a provider that is down is waited for from then on
     * @param held whether it waits for a person's decision about an attempt of unknown outcome
     */
    record Waiting(NotificationId id, Particulars particulars, Attempts attempts, Instant from, boolean held)
            implements NotificationRequest {}

    /** @param accepted the attempt that a provider accepted last */
    record Sent(NotificationId id, Particulars particulars, Attempts attempts, int accepted)
            implements NotificationRequest {}

    record Delivered(NotificationId id, Particulars particulars, Attempts attempts, boolean read, boolean complained)
            implements NotificationRequest {}

    record Bounced(NotificationId id, Particulars particulars, Attempts attempts) implements NotificationRequest {}

    record Failed(NotificationId id, Particulars particulars, Attempts attempts) implements NotificationRequest {}

    record Suppressed(NotificationId id) implements NotificationRequest {}

    record Cancelled(NotificationId id, Particulars particulars, Attempts attempts) implements NotificationRequest {}

    record Expired(NotificationId id, Particulars particulars, Attempts attempts) implements NotificationRequest {}

    default List<NotificationEvent> decide(RequestNotification command) {
        return switch (this) {
            case Unborn _ -> request(command);
            case Waiting _, Sent _, Delivered _, Bounced _, Failed _, Suppressed _, Cancelled _, Expired _ -> List.of();
        };
    }

    private static List<NotificationEvent> request(RequestNotification command) {
        NotificationId id = command.notificationId();
        Particulars particulars = command.particulars();
        List<Finding> findings = command.findings();
        return findings.stream()
                .filter(finding -> finding.verdict() == Verdict.SUPPRESS)
                .findFirst()
                .map(finding -> List.<NotificationEvent>of(
                        new NotificationRequested(id, particulars, findings, null),
                        new NotificationSuppressed(
                                id, particulars, finding.rule(), finding.saw(), particulars.requestedAt())))
                .orElseGet(() -> List.of(new NotificationRequested(id, particulars, findings, ahead(command))));
    }

    private static @Nullable Instant ahead(RequestNotification command) {
        Instant sendAt = command.sendAt();
        return sendAt != null && sendAt.isAfter(command.particulars().requestedAt()) ? sendAt : null;
    }

    /** {@code chance}, from 0 to 1, moves the time of a retry within its jitter. */
    default List<AttemptRecorded> decide(RecordAttempt command, Categories categories, double chance) {
        return switch (this) {
            case Unborn _ -> throw new NotificationRefused(NEVER_REQUESTED, command.notificationId());
            case Suppressed _ -> List.of();
            case Waiting w when w.attempts.has(command) -> List.of();
            case Waiting w -> {
                List<AttemptRecorded> events = new ArrayList<>(1);
                command.detours().forEach(detour -> events.add(failedOver(w, command, detour)));
                events.add(settle(w, command, categories.rulesFor(w.particulars.type()), chance));
                yield List.copyOf(events);
            }
            case Sent s -> sentAgain(s.id, s.particulars, s.attempts, command, false);
            case Delivered d -> sentAgain(d.id, d.particulars, d.attempts, command, true);
            case Bounced b -> sentAgain(b.id, b.particulars, b.attempts, command, false);
            case Failed f -> sentAfterAll(f.id, f.particulars, f.attempts, command);
            case Cancelled c -> sentAfterAll(c.id, c.particulars, c.attempts, command);
            case Expired e -> sentAfterAll(e.id, e.particulars, e.attempts, command);
        };
    }

    private static AttemptFailedOver failedOver(Waiting waiting, RecordAttempt command, Detour detour) {
        return new AttemptFailedOver(
                waiting.id,
                waiting.particulars,
                command.attempt(),
                waiting.attempts.doubtfulBut(command.attempt()),
                detour.provider(),
                detour.failure(),
                detour.at());
    }

    private static List<AttemptRecorded> sentAgain(
            NotificationId id, Particulars particulars, Attempts attempts, RecordAttempt command, boolean delivered) {
        return attempts.has(command)
                ? List.of()
                : acceptedBy(command)
                        .map(_ -> List.<AttemptRecorded>of(new NotificationSentAgain(
                                id,
                                particulars,
                                command.attempt(),
                                attempts.doubtfulBut(command.attempt()),
                                command.provider(),
                                command.endedAt(),
                                delivered)))
                        .orElse(List.of());
    }

    private static Optional<SendOutcome.Accepted> acceptedBy(RecordAttempt command) {
        return command.outcome() instanceof SendOutcome.Accepted accepted ? Optional.of(accepted) : Optional.empty();
    }

    /** Whatever was decided meanwhile, what has arrived has arrived. */
    private static List<AttemptRecorded> sentAfterAll(
            NotificationId id, Particulars particulars, Attempts attempts, RecordAttempt command) {
        return attempts.has(command)
                ? List.of()
                : acceptedBy(command)
                        .map(accepted -> List.<AttemptRecorded>of(sent(id, particulars, attempts, command, accepted)))
                        .orElse(List.of());
    }

    private static AttemptRecorded settle(Waiting waiting, RecordAttempt command, Category category, double chance) {
        return switch (command.outcome()) {
            case SendOutcome.Accepted accepted ->
                sent(waiting.id, waiting.particulars, waiting.attempts, command, accepted);
            case SendOutcome.FailedForGood(Failure failure) -> failed(waiting, command, failure, Cause.PERMANENT);
            case SendOutcome.RecipientGone(Failure failure, SuppressionReason _) ->
                failed(waiting, command, failure, Cause.PERMANENT);
            case SendOutcome.Unsuitable(Failure failure) -> failed(waiting, command, failure, Cause.PERMANENT);
            case SendOutcome.FailedForNow(Failure failure, Duration retryAfter) ->
                category.retry()
                        .delayAfter(waiting.attempts.countedWith(command.attempt()), chance, retryAfter)
                        .<AttemptRecorded>map(delay -> new AttemptFailed(
                                waiting.id,
                                waiting.particulars,
                                command.attempt(),
                                waiting.attempts.doubtfulBut(command.attempt()),
                                command.provider(),
                                failure,
                                command.startedAt(),
                                command.endedAt(),
                                command.endedAt().plus(delay)))
                        .orElseGet(() -> failed(waiting, command, failure, Cause.RETRIES_EXHAUSTED));
            case SendOutcome.ProviderDown(Failure failure, Duration retryAfter) ->
                postpone(waiting, command, failure, retryAfter, category, chance);
            case SendOutcome.Withheld(Finding finding) ->
                new NotificationWithheld(
                        waiting.id,
                        waiting.particulars,
                        command.attempt(),
                        waiting.attempts.doubtfulBut(command.attempt()),
                        finding.rule(),
                        finding.saw(),
                        command.endedAt());
            case SendOutcome.Unknown(Failure failure) ->
                new AttemptOutcomeUnknown(
                        waiting.id,
                        waiting.particulars,
                        command.attempt(),
                        waiting.attempts.doubtfulBut(command.attempt()) + 1,
                        command.provider(),
                        failure,
                        command.endedAt(),
                        resendAt(waiting, command, category, chance));
        };
    }

    private static AttemptRecorded postpone(
            Waiting waiting,
            RecordAttempt command,
            Failure failure,
            Duration retryAfter,
            Category category,
            double chance) {
        Instant patienceEnds = waiting.from.plus(category.patience());
        if (!command.endedAt().isBefore(patienceEnds)) {
            return failed(waiting, command, failure, Cause.PROVIDER_DOWN);
        }
        return new AttemptPostponed(
                waiting.id,
                waiting.particulars,
                command.attempt(),
                waiting.attempts.doubtfulBut(command.attempt()),
                command.provider(),
                failure,
                command.endedAt(),
                command.endedAt()
                        .plus(RetryPolicy.WHILE_DOWN
                                .delayAfter(1, chance, retryAfter)
                                .orElseThrow()));
    }

    private static @Nullable Instant resendAt(
            Waiting waiting, RecordAttempt command, Category category, double chance) {
        return switch (category.whenUnknown()) {
            case RESEND ->
                category.retry()
                        .delayAfter(waiting.attempts.countedWith(command.attempt()), chance, Duration.ZERO)
                        .map(command.endedAt()::plus)
                        .orElse(null);
            case HOLD -> null;
        };
    }

    private static NotificationSent sent(
            NotificationId id,
            Particulars particulars,
            Attempts attempts,
            RecordAttempt command,
            SendOutcome.Accepted accepted) {
        return new NotificationSent(
                id,
                particulars,
                command.attempt(),
                attempts.doubtfulBut(command.attempt()),
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
                waiting.attempts.doubtfulBut(command.attempt()),
                command.provider(),
                failure,
                cause,
                command.startedAt(),
                command.endedAt());
    }

    /**
     * Reports come late, twice, and in any order: one that tells nothing new is silent, and none takes back what is known
     * already. What has arrived has arrived, whatever was decided meanwhile.
     */
    default List<NotificationEvent> decide(RecordReport command) {
        return switch (this) {
            case Unborn _ -> throw refused(NEVER_REQUESTED, command);
            case Suppressed _, Bounced _ -> List.of();
            case Waiting _, Sent _, Delivered _, Failed _, Cancelled _, Expired _ -> {
                int attempt = command.attempt() > 0 ? command.attempt() : lastThatMayHaveArrived();
                yield attempt > 0 ? reported(command.on(attempt)) : List.of();
            }
        };
    }

    /** Its number; 0 when none was made. */
    private int lastThatMayHaveArrived() {
        return this instanceof Sent sent ? sent.accepted : attempts().lastThatMayHaveArrived();
    }

    private List<NotificationEvent> reported(RecordReport command) {
        return switch (this) {
            case Unborn _, Suppressed _, Bounced _ -> List.of();
            case Delivered d -> moreOf(d, command);
            case Sent s -> settled(s.id, s.particulars, s.attempts, command, command.attempt() == s.accepted);
            case Waiting w ->
                settled(w.id, w.particulars, w.attempts, command, w.held && w.attempts.isDoubtful(command.attempt()));
            case Failed f -> settled(f.id, f.particulars, f.attempts, command, false);
            case Cancelled c -> settled(c.id, c.particulars, c.attempts, command, false);
            case Expired e -> settled(e.id, e.particulars, e.attempts, command, false);
        };
    }

    /** @param lastHope whether nothing else is to be expected if the attempt that is reported on has bounced */
    private static List<NotificationEvent> settled(
            NotificationId id, Particulars particulars, Attempts attempts, RecordReport command, boolean lastHope) {
        int number = command.attempt();
        int made = Math.max(number, attempts.last());
        int doubtful = attempts.doubtfulBut(number);
        NotificationDelivered delivered =
                new NotificationDelivered(id, particulars, number, made, doubtful, command.provider(), command.at());
        return switch (command.stage()) {
            case ACCEPTED ->
                sentAfterAll(id, particulars, attempts, command.asAttempt()).stream()
                        .map(NotificationEvent.class::cast)
                        .toList();
            case DELIVERED -> List.of(delivered);
            case READ ->
                List.of(
                        delivered,
                        new NotificationRead(id, particulars, made, doubtful, command.provider(), command.at()));
            case COMPLAINED ->
                List.of(new NotificationComplained(
                        id, particulars, number, made, doubtful, command.provider(), command.at()));
            case BOUNCED ->
                lastHope
                        ? List.of(new NotificationBounced(
                                id,
                                particulars,
                                number,
                                made,
                                doubtful,
                                command.provider(),
                                command.why(),
                                command.at()))
                        : List.of();
        };
    }

    private static List<NotificationEvent> moreOf(Delivered it, RecordReport command) {
        return switch (command.stage()) {
            case READ ->
                it.read
                        ? List.of()
                        : List.of(new NotificationRead(
                                it.id,
                                it.particulars,
                                it.attempts.last(),
                                it.attempts.doubtful(),
                                command.provider(),
                                command.at()));
            case COMPLAINED ->
                it.complained
                        ? List.of()
                        : List.of(new NotificationComplained(
                                it.id,
                                it.particulars,
                                command.attempt(),
                                it.attempts.last(),
                                it.attempts.doubtfulBut(command.attempt()),
                                command.provider(),
                                command.at()));
            case ACCEPTED, DELIVERED, BOUNCED -> List.of();
        };
    }

    default List<NotificationScheduled> decide(Reschedule command) {
        return switch (this) {
            case Unborn _ -> throw refused(NEVER_REQUESTED, command);
            case Waiting w when command.onItsWay() -> throw refused(ON_ITS_WAY, command);
            case Waiting w when !w.attempts.areNone() -> throw refused(ALREADY_TRIED, command);
            case Waiting w when w.particulars.isExpired(command.sendAt()) -> throw refused(EXPIRED, command);
            case Waiting w when command.sendAt().equals(w.from) -> List.of();
            case Waiting w -> List.of(new NotificationScheduled(w.id, w.particulars, command.sendAt(), command.at()));
            case Sent _, Delivered _, Bounced _ -> throw refused(ALREADY_SENT, command);
            case Failed _, Suppressed _, Cancelled _, Expired _ -> throw refused(ALREADY_ENDED, command);
        };
    }

    default List<NotificationCancelled> decide(Cancel command) {
        return switch (this) {
            case Unborn _ -> throw refused(NEVER_REQUESTED, command);
            case Waiting w when command.onItsWay() -> throw refused(ON_ITS_WAY, command);
            case Waiting w when w.attempts.doubtful() > 0 -> throw refused(MAY_HAVE_ARRIVED, command);
            case Waiting w ->
                List.of(new NotificationCancelled(
                        w.id, w.particulars, w.attempts.last(), w.attempts.doubtful(), command.at()));
            case Cancelled _ -> List.of();
            case Sent _, Delivered _, Bounced _ -> throw refused(ALREADY_SENT, command);
            case Failed _, Suppressed _, Expired _ -> throw refused(ALREADY_ENDED, command);
        };
    }

    /** What is held waits for a person, however long that takes. */
    default List<NotificationExpired> decide(Expire command) {
        return switch (this) {
            case Waiting w
            when !w.held && w.particulars.isExpired(command.at()) ->
                List.of(new NotificationExpired(
                        w.id, w.particulars, w.attempts.last(), w.attempts.doubtful(), command.at()));
            case Unborn _, Waiting _, Sent _, Delivered _, Bounced _, Failed _, Suppressed _, Cancelled _, Expired _ ->
                List.of();
        };
    }

    default List<NotificationRedriven> decide(Redrive command, Categories categories) {
        return switch (this) {
            case Unborn _ -> throw refused(NEVER_REQUESTED, command);
            case Failed f when f.particulars.isExpired(command.at()) -> throw refused(EXPIRED, command);
            case Failed f
            when f.attempts.doubtful() > 0
                    && categories.rulesFor(f.particulars.type()).whenUnknown() == WhenUnknown.HOLD ->
                throw refused(MAY_HAVE_ARRIVED, command);
            case Failed f ->
                List.of(new NotificationRedriven(
                        f.id, f.particulars, f.attempts.last(), f.attempts.doubtful(), command.at()));
            case Waiting _ -> throw refused(NOT_ENDED, command);
            case Sent _, Delivered _, Bounced _ -> throw refused(ALREADY_SENT, command);
            case Suppressed _, Cancelled _, Expired _ -> throw refused(ALREADY_ENDED, command);
        };
    }

    default List<NotificationResolved> decide(Resolve command) {
        return switch (this) {
            case Unborn _ -> throw refused(NEVER_REQUESTED, command);
            case Waiting w when w.attempts.doubtful() == 0 -> throw refused(NOTHING_UNKNOWN, command);
            case Waiting w when command.onItsWay() -> throw refused(ON_ITS_WAY, command);
            case Waiting w when !w.held && command.resolution() == Resolution.RESEND -> List.of();
            case Waiting w
            when command.resolution() == Resolution.RESEND && w.particulars.isExpired(command.at()) ->
                throw refused(EXPIRED, command);
            case Waiting w -> resolved(w.id, w.particulars, w.attempts, command);
            case Failed f
            when f.attempts.doubtful() > 0 && command.resolution() != Resolution.RESEND ->
                resolved(f.id, f.particulars, f.attempts, command);
            case Sent _ when command.resolution() == Resolution.SENT -> List.of();
            case Delivered _ when command.resolution() == Resolution.SENT -> List.of();
            case Failed _ when command.resolution() == Resolution.FAILED -> List.of();
            case Sent _, Delivered _, Bounced _ -> throw refused(ALREADY_SENT, command);
            case Failed _, Suppressed _, Cancelled _, Expired _ -> throw refused(ALREADY_ENDED, command);
        };
    }

    private static List<NotificationResolved> resolved(
            NotificationId id, Particulars particulars, Attempts attempts, Resolve command) {
        return List.of(new NotificationResolved(
                id,
                particulars,
                attempts.last(),
                command.resolution() == Resolution.RESEND ? attempts.doubtful() : 0,
                command.resolution(),
                command.at()));
    }

    private static NotificationRefused refused(NotificationRefused.Reason reason, NotificationCommand command) {
        return new NotificationRefused(reason, command.notificationId());
    }

    /** Nothing is left to be tried. */
    default boolean hasEnded() {
        return switch (this) {
            case Sent _, Delivered _, Bounced _, Failed _, Suppressed _, Cancelled _, Expired _ -> true;
            case Unborn _, Waiting _ -> false;
        };
    }

    default NotificationRequest evolve(NotificationEvent event) {
        NotificationId id = event.notificationId();
        Particulars particulars = event.particulars();
        return switch (event) {
            case NotificationRequested e -> new Waiting(id, particulars, Attempts.NONE, e.dueAt(), false);
            case NotificationSuppressed _ -> new Suppressed(id);
            case NotificationScheduled e -> new Waiting(id, particulars, attempts(), e.sendAt(), false);
            case NotificationSent e -> new Sent(id, particulars, attempts().settled(e.attempt()), e.attempt());
            case NotificationSentAgain e
            when this instanceof Delivered d ->
                new Delivered(id, particulars, d.attempts.settled(e.attempt()), d.read, d.complained);
            case NotificationSentAgain e -> new Sent(id, particulars, attempts().settled(e.attempt()), e.attempt());
            case AttemptFailedOver _ -> this;
            case NotificationWithheld _ -> new Suppressed(id);
            case NotificationDelivered e ->
                new Delivered(id, particulars, attempts().settled(e.attempt()), false, isComplainedOf());
            case NotificationRead _ -> new Delivered(id, particulars, attempts(), true, isComplainedOf());
            case NotificationComplained e ->
                new Delivered(id, particulars, attempts().settled(e.attempt()), isRead(), true);
            case NotificationBounced e ->
                new Bounced(id, particulars, attempts().settled(e.attempt()));
            case AttemptFailed e -> waiting(e, attempts().settled(e.attempt()), from(e), false);
            case AttemptPostponed e -> waiting(e, attempts().postponed(e.attempt()), from(e), false);
            case AttemptOutcomeUnknown e -> waiting(e, attempts().doubtful(e.attempt()), from(e), e.resendAt() == null);
            case NotificationFailed e -> new Failed(id, particulars, attempts().settled(e.attempt()));
            case NotificationCancelled _ -> new Cancelled(id, particulars, attempts());
            case NotificationExpired _ -> new Expired(id, particulars, attempts());
            case NotificationRedriven e -> waiting(e, attempts().forgiven(), e.at(), false);
            case NotificationResolved e ->
                switch (e.resolution()) {
                    case RESEND -> waiting(e, attempts().forgiven(), e.at(), false);
                    case SENT ->
                        new Sent(
                                id,
                                particulars,
                                attempts().arrived(),
                                attempts().last());
                    case FAILED -> new Failed(id, particulars, attempts().lost());
                };
        };
    }

    private static Waiting waiting(NotificationEvent event, Attempts attempts, Instant from, boolean held) {
        return new Waiting(event.notificationId(), event.particulars(), attempts, from, held);
    }

    private Instant from(NotificationEvent event) {
        return this instanceof Waiting waiting
                ? waiting.from
                : event.particulars().requestedAt();
    }

    private boolean isRead() {
        return this instanceof Delivered delivered && delivered.read;
    }

    private boolean isComplainedOf() {
        return this instanceof Delivered delivered && delivered.complained;
    }

    private Attempts attempts() {
        return switch (this) {
            case Waiting w -> w.attempts;
            case Sent s -> s.attempts;
            case Delivered d -> d.attempts;
            case Bounced b -> b.attempts;
            case Failed f -> f.attempts;
            case Cancelled c -> c.attempts;
            case Expired e -> e.attempts;
            case Unborn _, Suppressed _ -> Attempts.NONE;
        };
    }
}
