package dev.tidings.application.acceptance;

import dev.tidings.application.notification.Message;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.notification.Category;
import dev.tidings.domain.notification.Lane;
import dev.tidings.domain.notification.TemplateRef;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notification that is ready to be accepted: everything that could be wrong with it has been looked at.
 *
 * @param source the message it comes from, for which there is one notification at most
 * @param registration a person to open preferences for in the same commit
 */
public record NotificationDraft(
        RequestContext context,
        SourceMessages.@Nullable SourceMessage source,
        @Nullable Registration registration,
        @Nullable UserId userId,
        EmailAddress recipient,
        @Nullable String recipientName,
        Category category,
        Lane lane,
        @Nullable TemplateRef template,
        Message message,
        Instant requestedAt) {

    /** Somebody has registered with the calling service. */
    public record Registration(UserId userId) {}
}
