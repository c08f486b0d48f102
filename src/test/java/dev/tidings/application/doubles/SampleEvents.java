package dev.tidings.application.doubles;

import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.Finding;
import dev.tidings.domain.notification.Finding.Rule;
import dev.tidings.domain.notification.Finding.Verdict;
import dev.tidings.domain.notification.NotificationCommand.Resolution;
import dev.tidings.domain.notification.NotificationEvent;
import dev.tidings.domain.notification.NotificationEvent.AttemptFailed;
import dev.tidings.domain.notification.NotificationEvent.AttemptFailedOver;
import dev.tidings.domain.notification.NotificationEvent.AttemptOutcomeUnknown;
import dev.tidings.domain.notification.NotificationEvent.AttemptPostponed;
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
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.Particulars;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.notification.TemplateRef;
import dev.tidings.domain.preferences.PreferencesEvent;
import dev.tidings.domain.preferences.PreferencesEvent.PreferencesChanged;
import dev.tidings.domain.preferences.PreferencesEvent.PreferencesCreated;
import dev.tidings.domain.preferences.PreferencesId;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.UserId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One of each event, with nothing left out that it may hold. */
public final class SampleEvents {

    public static final NotificationId ID = NotificationId.of("019cb2a0-0000-7000-8000-000000000001");
    public static final Instant REQUESTED_AT = Instant.parse("2026-03-01T12:00:00Z");
    public static final Instant STARTED_AT = Instant.parse("2026-03-01T12:00:01.250Z");
    public static final Instant AT = Instant.parse("2026-03-01T12:00:01.500Z");
    public static final Instant AGAIN_AT = Instant.parse("2026-03-01T12:00:06.500Z");
    public static final Particulars PARTICULARS = new Particulars(
            new ServiceId("accounts"),
            new UserId("u-1"),
            new NotificationType("welcome"),
            Channel.EMAIL,
            Lane.NORMAL,
            new TemplateRef("welcome", "5f2a"),
            REQUESTED_AT,
            Instant.parse("2026-03-01T18:00:00Z"));
    public static final PreferencesId PREFERENCES = new PreferencesId(new UserId("u-1"));

    private static final ProviderName SMTP = new ProviderName("smtp");
    private static final Failure BUSY = new Failure("451 4.7.1", "try again later");
    private static final NotificationType WELCOME = new NotificationType("welcome");
    private static final NotificationType MARKETING = new NotificationType("marketing");

    public static final NotificationRequested REQUESTED = new NotificationRequested(
            ID, PARTICULARS, List.of(new Finding(Rule.PREFERENCES, "welcome is on", Verdict.SEND)), null);
    public static final NotificationRequested REQUESTED_FOR_LATER =
            new NotificationRequested(ID, PARTICULARS, List.of(), AGAIN_AT);
    public static final NotificationSuppressed SUPPRESSED =
            new NotificationSuppressed(ID, PARTICULARS, Rule.PREFERENCES, "welcome is off", REQUESTED_AT);
    public static final NotificationSent SENT =
            new NotificationSent(ID, PARTICULARS, 2, 1, SMTP, "queued as 42", STARTED_AT, AT);
    public static final NotificationSentAgain SENT_AGAIN =
            new NotificationSentAgain(ID, PARTICULARS, 1, 0, SMTP, AT, false);
    public static final AttemptFailedOver FAILED_OVER = new AttemptFailedOver(ID, PARTICULARS, 1, 0, SMTP, BUSY, AT);
    public static final NotificationWithheld WITHHELD =
            new NotificationWithheld(ID, PARTICULARS, 2, 1, Rule.SUPPRESSION, "the address is suppressed", AT);
    public static final NotificationDelivered DELIVERED = new NotificationDelivered(ID, PARTICULARS, 2, 2, 1, SMTP, AT);
    public static final NotificationRead READ = new NotificationRead(ID, PARTICULARS, 2, 1, SMTP, AT);
    public static final NotificationBounced BOUNCED =
            new NotificationBounced(ID, PARTICULARS, 2, 2, 1, SMTP, new Failure("550 5.1.1", "no such mailbox"), AT);
    public static final NotificationComplained COMPLAINED =
            new NotificationComplained(ID, PARTICULARS, 2, 2, 1, SMTP, AT);
    public static final AttemptFailed ATTEMPT_FAILED =
            new AttemptFailed(ID, PARTICULARS, 1, 0, SMTP, BUSY, STARTED_AT, AT, AGAIN_AT);
    public static final AttemptOutcomeUnknown OUTCOME_UNKNOWN = new AttemptOutcomeUnknown(
            ID, PARTICULARS, 1, 1, SMTP, new Failure("timeout", "no answer after the last byte"), AT, AGAIN_AT);
    public static final NotificationFailed FAILED = new NotificationFailed(
            ID, PARTICULARS, 4, 0, SMTP, new Failure("550 5.1.1", "no such mailbox"), Cause.PERMANENT, STARTED_AT, AT);
    public static final NotificationScheduled SCHEDULED =
            new NotificationScheduled(ID, PARTICULARS, AGAIN_AT, REQUESTED_AT);
    public static final AttemptPostponed POSTPONED = new AttemptPostponed(
            ID, PARTICULARS, 1, 0, SMTP, new Failure("unreachable", "the relay can't be connected to"), AT, AGAIN_AT);
    public static final NotificationCancelled CANCELLED = new NotificationCancelled(ID, PARTICULARS, 1, 0, AT);
    public static final NotificationExpired EXPIRED = new NotificationExpired(ID, PARTICULARS, 2, 1, AT);
    public static final NotificationRedriven REDRIVEN = new NotificationRedriven(ID, PARTICULARS, 4, 0, AT);
    public static final NotificationResolved RESOLVED =
            new NotificationResolved(ID, PARTICULARS, 1, 1, Resolution.RESEND, AT);
    public static final PreferencesCreated PREFERENCES_CREATED =
            new PreferencesCreated(PREFERENCES, Map.of(WELCOME, true, MARKETING, false), AT);
    public static final PreferencesChanged PREFERENCES_CHANGED =
            new PreferencesChanged(PREFERENCES, Map.of(MARKETING, true), AT);

    private SampleEvents() {}

    public static List<NotificationEvent> ofNotifications() {
        return List.of(
                REQUESTED,
                SUPPRESSED,
                SCHEDULED,
                SENT,
                SENT_AGAIN,
                ATTEMPT_FAILED,
                POSTPONED,
                OUTCOME_UNKNOWN,
                FAILED,
                CANCELLED,
                EXPIRED,
                REDRIVEN,
                RESOLVED,
                FAILED_OVER,
                WITHHELD,
                DELIVERED,
                READ,
                BOUNCED,
                COMPLAINED);
    }

    public static List<PreferencesEvent> ofPreferences() {
        return List.of(PREFERENCES_CREATED, PREFERENCES_CHANGED);
    }

    /** All records that a sealed interface permits, however deep. */
    public static List<Class<?>> sortsOf(Class<?> sealed) {
        return leaves(sealed).distinct().toList();
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(SampleEvents::leaves)
                : Stream.of(type);
    }
}
