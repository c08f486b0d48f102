package dev.tidings.application.doubles;

import dev.tidings.application.InvalidInput;
import dev.tidings.application.acceptance.Fingerprint;
import dev.tidings.application.acceptance.NotificationDraft;
import dev.tidings.application.acceptance.NotificationDraft.Registration;
import dev.tidings.application.acceptance.NotificationDraft.Source;
import dev.tidings.application.acceptance.SourceMessages.SourceMessage;
import dev.tidings.application.notification.Message;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.category.Category;
import dev.tidings.domain.category.Category.WhenUnknown;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.category.RecipientLimit;
import dev.tidings.domain.category.RetryPolicy;
import dev.tidings.domain.notification.TemplateRef;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Notifications that are ready to be accepted. */
public final class Drafts {

    public static final RequestContext CONTEXT = new RequestContext(
            new ServiceId("accounts"), "c-1", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    private Drafts() {}

    public static NotificationDraft welcome(String user) {
        return draft("welcome", user, null, null);
    }

    public static NotificationDraft marketing(String user) {
        return draft("marketing", user, null, null);
    }

    /** Of which an address gets two a day at most. */
    public static NotificationDraft tip(String user) {
        Category tips = new Category(
                new NotificationType("tip"),
                Lane.LOW,
                true,
                WhenUnknown.HOLD,
                RetryPolicy.NONE,
                Category.USUAL_PATIENCE,
                Duration.ZERO,
                new RecipientLimit(2, Duration.ofHours(24)));
        return draft(tips, user, null, null);
    }

    /** In the lane "instant". */
    public static NotificationDraft passwordReset(String user) {
        return draft("password_reset", user, null, null);
    }

    public static List<NotificationDraft> welcomes(int count) {
        return IntStream.range(0, count).mapToObj(i -> welcome("user-" + i)).toList();
    }

    public static NotificationDraft fromMessage(String messageId, String user) {
        return draft("welcome", user, new SourceMessage(CONTEXT.serviceId(), messageId), null);
    }

    public static NotificationDraft registration(String messageId, String user) {
        return draft(
                "welcome", user, new SourceMessage(CONTEXT.serviceId(), messageId), new Registration(new UserId(user)));
    }

    /** The same, whose time is past. */
    public static NotificationDraft tooLate(NotificationDraft it) {
        InvalidInput past =
                new InvalidInput(List.of(new InvalidInput.FieldError("send_at", "must not lie in the past")));
        return with(it, it.sendAt(), it.expiresAt(), it.copies(), past);
    }

    /** The same, which is of no use from this time on. */
    public static NotificationDraft expiring(NotificationDraft it, Instant at) {
        return with(it, it.sendAt(), at, it.copies(), it.tooLate());
    }

    /** The same, which is suppressed if it is a copy. */
    public static NotificationDraft unlessACopy(NotificationDraft it) {
        return with(it, it.sendAt(), it.expiresAt(), false, it.tooLate());
    }

    /** The same, to be sent at that time. */
    public static NotificationDraft scheduled(NotificationDraft it, Instant at) {
        return with(it, at, it.expiresAt(), it.copies(), it.tooLate());
    }

    private static NotificationDraft with(
            NotificationDraft it,
            @Nullable Instant sendAt,
            @Nullable Instant expiresAt,
            boolean copies,
            @Nullable InvalidInput tooLate) {
        return new NotificationDraft(
                it.context(),
                it.source(),
                it.registration(),
                it.userId(),
                it.channel(),
                it.recipient(),
                it.recipientName(),
                it.category(),
                it.lane(),
                it.template(),
                it.message(),
                it.provider(),
                it.requestedAt(),
                sendAt,
                expiresAt,
                copies,
                tooLate,
                it.fallback());
    }

    private static NotificationDraft draft(
            String type, String user, @Nullable SourceMessage source, @Nullable Registration registration) {
        return draft(
                TidingsInMemory.CATEGORIES.find(new NotificationType(type)).orElseThrow(), user, source, registration);
    }

    private static NotificationDraft draft(
            Category category, String user, @Nullable SourceMessage source, @Nullable Registration registration) {
        Message message = new Message("Hello " + user, "Hello", null);
        return new NotificationDraft(
                CONTEXT,
                source == null ? null : new Source(source, new Fingerprint(new UUID(0, user.hashCode()))),
                registration,
                new UserId(user),
                Channel.EMAIL,
                new EmailAddress(user + "@example.org"),
                user,
                category,
                category.lane(),
                new TemplateRef(category.type().value(), "1"),
                message,
                null,
                SettableClock.START,
                null,
                null,
                true,
                null,
                null);
    }
}
