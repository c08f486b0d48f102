package dev.tidings.domain.notification;

import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.category.Categories;
import dev.tidings.domain.category.Category;
import dev.tidings.domain.category.Category.WhenUnknown;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.category.RetryPolicy;
import dev.tidings.domain.notification.Finding.Rule;
import dev.tidings.domain.notification.Finding.Verdict;
import dev.tidings.domain.notification.NotificationCommand.RecordAttempt;
import dev.tidings.domain.notification.NotificationCommand.RequestNotification;
import dev.tidings.domain.notification.NotificationEvent.AttemptFailed;
import dev.tidings.domain.notification.NotificationEvent.AttemptOutcomeUnknown;
import dev.tidings.domain.notification.NotificationEvent.Cause;
import dev.tidings.domain.notification.NotificationEvent.NotificationFailed;
import dev.tidings.domain.notification.NotificationEvent.NotificationRequested;
import dev.tidings.domain.notification.NotificationEvent.NotificationSent;
import dev.tidings.domain.notification.NotificationEvent.NotificationSentAgain;
import dev.tidings.domain.notification.NotificationEvent.NotificationSuppressed;
import dev.tidings.domain.notification.SendOutcome.Accepted;
import dev.tidings.domain.notification.SendOutcome.FailedForGood;
import dev.tidings.domain.notification.SendOutcome.FailedForNow;
import dev.tidings.domain.notification.SendOutcome.Unknown;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One welcome mail, and what may happen to it: retried after 5, 30 and 120 s, resent when its outcome is unknown. */
final class Notifications {

    static final NotificationType WELCOME = new NotificationType("welcome");
    static final NotificationType MARKETING = new NotificationType("marketing");
    static final NotificationType SECURITY_ALERT = new NotificationType("security_alert");
    static final NotificationType WITHDRAWN = new NotificationType("withdrawn");

    static final RetryPolicy RETRY =
            new RetryPolicy(List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2)), 0.1);
    static final Category OF_WELCOME = category(WELCOME, Lane.NORMAL, true, WhenUnknown.RESEND);
    static final Category OF_MARKETING = category(MARKETING, Lane.LOW, true, WhenUnknown.HOLD);
    static final Category OF_SECURITY_ALERT = category(SECURITY_ALERT, Lane.INSTANT, false, WhenUnknown.RESEND);
    static final Categories CATEGORIES = new Categories(List.of(OF_WELCOME, OF_MARKETING, OF_SECURITY_ALERT));

    static final NotificationId ID = NotificationId.of("019cb2a0-0000-7000-8000-000000000001");
    static final Instant REQUESTED_AT = Instant.parse("2026-03-01T12:00:00Z");
    static final Instant STARTED_AT = Instant.parse("2026-03-01T12:00:01Z");
    static final Instant ENDED_AT = Instant.parse("2026-03-01T12:00:02Z");
    static final ProviderName SMTP = new ProviderName("smtp");
    static final Failure BUSY = new Failure("451 4.7.1", "try again later");
    static final Failure NO_SUCH_MAILBOX = new Failure("550 5.1.1", "no such mailbox");
    static final Failure CUT_OFF = new Failure("timeout", "no answer after the last byte");
    static final Finding GO = new Finding(Rule.PREFERENCES, "welcome is on", Verdict.SEND);
    static final Finding STOP = new Finding(Rule.PREFERENCES, "welcome is off", Verdict.SUPPRESS);

    private Notifications() {}

    private static Category category(NotificationType type, Lane lane, boolean switchable, WhenUnknown whenUnknown) {
        return new Category(type, lane, switchable, whenUnknown, RETRY, Duration.ofHours(1), Duration.ofMinutes(30));
    }

    static Particulars particulars(NotificationType type) {
        return new Particulars(
                new ServiceId("accounts"),
                new UserId("u-1"),
                type,
                Channel.EMAIL,
                Lane.NORMAL,
                new TemplateRef("welcome", "1"),
                REQUESTED_AT,
                null);
    }

    static final Particulars PARTICULARS = particulars(WELCOME);

    static RequestNotification request(Finding... findings) {
        return new RequestNotification(ID, PARTICULARS, List.of(findings), null);
    }

    static RecordAttempt attempt(int number, SendOutcome outcome) {
        return new RecordAttempt(ID, number, SMTP, outcome, STARTED_AT, ENDED_AT, List.of());
    }

    static SendOutcome accepted() {
        return new Accepted("queued as 42");
    }

    static SendOutcome busy() {
        return new FailedForNow(BUSY, Duration.ZERO);
    }

    static SendOutcome noSuchMailbox() {
        return new FailedForGood(NO_SUCH_MAILBOX);
    }

    static SendOutcome cutOff() {
        return new Unknown(CUT_OFF);
    }

    static NotificationRequested requested() {
        return requested(PARTICULARS);
    }

    static NotificationRequested requested(Particulars particulars) {
        return new NotificationRequested(ID, particulars, List.of(GO), null);
    }

    static NotificationSuppressed suppressed() {
        return new NotificationSuppressed(ID, PARTICULARS, Rule.PREFERENCES, "welcome is off", REQUESTED_AT);
    }

    static NotificationSent sent(int attempt) {
        return sent(attempt, 0);
    }

    static NotificationSent sent(int attempt, int doubtful) {
        return new NotificationSent(ID, PARTICULARS, attempt, doubtful, SMTP, "queued as 42", STARTED_AT, ENDED_AT);
    }

    static NotificationSentAgain sentAgain(int attempt) {
        return new NotificationSentAgain(ID, PARTICULARS, attempt, 0, SMTP, ENDED_AT, false);
    }

    static AttemptFailed retrying(int attempt, Duration delay) {
        return new AttemptFailed(ID, PARTICULARS, attempt, 0, SMTP, BUSY, STARTED_AT, ENDED_AT, ENDED_AT.plus(delay));
    }

    static AttemptOutcomeUnknown doubtful(int attempt, @Nullable Duration delay) {
        return doubtful(PARTICULARS, attempt, delay);
    }

    static AttemptOutcomeUnknown doubtful(Particulars particulars, int attempt, @Nullable Duration delay) {
        return doubtful(particulars, attempt, 1, delay);
    }

    static AttemptOutcomeUnknown doubtful(int attempt, int doubtful, @Nullable Duration delay) {
        return doubtful(PARTICULARS, attempt, doubtful, delay);
    }

    private static AttemptOutcomeUnknown doubtful(
            Particulars particulars, int attempt, int doubtful, @Nullable Duration delay) {
        return new AttemptOutcomeUnknown(
                ID,
                particulars,
                attempt,
                doubtful,
                SMTP,
                CUT_OFF,
                ENDED_AT,
                delay == null ? null : ENDED_AT.plus(delay));
    }

    static NotificationFailed failed(int attempt, Failure failure, Cause cause) {
        return new NotificationFailed(ID, PARTICULARS, attempt, 0, SMTP, failure, cause, STARTED_AT, ENDED_AT);
    }
}
