package dev.tidings.application.acceptance;

import dev.tidings.application.InvalidInput;
import dev.tidings.application.acceptance.SourceMessages.SourceMessage;
import dev.tidings.application.notification.Message;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.category.Category;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.notification.TemplateRef;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.Reach;
import dev.tidings.domain.recipient.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notification that is ready to be accepted: everything that could be wrong with it has been looked at.
 *
 * @param source the message it comes from, for which there is one notification at most
 * @param registration a person to open preferences for in the same commit
 * @param provider the only one that may have it; any when absent
 * @param sendAt when it goes out; at once when absent
 * @param copies whether it goes out though the same was accepted for the same address a moment ago
 * @param fallback absent unless it depends on others
 * @param tooLate why it can't be accepted any more, though it could when its source was sent first
 */
public record NotificationDraft(
        RequestContext context,
        @Nullable Source source,
        @Nullable Registration registration,
        @Nullable UserId userId,
        Channel channel,
        Address recipient,
        @Nullable String recipientName,
        Category category,
        Lane lane,
        @Nullable TemplateRef template,
        Message message,
        @Nullable ProviderName provider,
        Instant requestedAt,
        @Nullable Instant sendAt,
        @Nullable Instant expiresAt,
        boolean copies,
        @Nullable InvalidInput tooLate,
        @Nullable Fallback fallback) {

    /** Somebody has registered with the calling service. */
    public record Registration(UserId userId) {}

    /** @param fingerprint of what the message says: another one under the same id is a mistake */
    public record Source(SourceMessage message, Fingerprint fingerprint) {}

    /** The same, which goes out at that time, and only if others have not come far enough. */
    NotificationDraft after(Fallback others, Instant at) {
        return new NotificationDraft(
                context,
                source,
                registration,
                userId,
                channel,
                recipient,
                recipientName,
                category,
                lane,
                template,
                message,
                provider,
                requestedAt,
                at,
                expiresAt,
                copies,
                tooLate,
                others);
    }

    /** The same message at another time is no copy. */
    Fingerprint fingerprint() {
        return Fingerprint.of(
                context.serviceId(),
                category.type(),
                new Reach(channel, recipient),
                message.subject(),
                message.text(),
                message.html(),
                fallback == null ? sendAt : null);
    }
}
