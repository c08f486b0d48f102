package dev.tidings.application.events;

import dev.tidings.application.acceptance.AcceptNotifications;
import dev.tidings.application.acceptance.ComposeNotifications;
import dev.tidings.application.acceptance.NotificationDraft.Registration;
import dev.tidings.application.acceptance.Receipt;
import dev.tidings.application.acceptance.SourceMessages.SourceMessage;
import dev.tidings.application.acceptance.Timing;
import dev.tidings.application.events.UserEvent.PasswordResetRequested;
import dev.tidings.application.events.UserEvent.UserEmailVerificationRequested;
import dev.tidings.application.events.UserEvent.UserRegistered;
import dev.tidings.application.events.UserEvent.UserSecurityAlertRequested;
import dev.tidings.application.events.UserEvent.UserWelcomeRequested;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.recipient.Channel;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What other services tell us of their users leads to one notification each. */
public final class WhenUserEventThenNotify {

    private final ComposeNotifications compose;
    private final AcceptNotifications accept;
    private final Links links;

    public WhenUserEventThenNotify(ComposeNotifications compose, AcceptNotifications accept, Links links) {
        this.compose = compose;
        this.accept = accept;
        this.links = links;
    }

    /**
     * Waits while many events are waiting already.
     *
     * @param source the event's id at its service; absent if it has none, and then a redelivery can't be told
     * @throws dev.tidings.application.InvalidInput when no notification can be made of it
     */
    public CompletableFuture<Receipt> on(UserEvent event, @Nullable SourceMessage source, RequestContext context) {
        return accept.accept(compose.compose(new ComposeNotifications.Request(
                context,
                source,
                event instanceof UserRegistered registered ? new Registration(registered.userId()) : null,
                event.userId(),
                Channel.EMAIL,
                event.email(),
                null,
                event.username(),
                new NotificationType(template(event)),
                null,
                template(event),
                variables(event),
                null,
                Timing.AT_ONCE,
                false,
                ComposeNotifications.Wishes.NONE)));
    }

    /** The four are named alike: the type and the template that it is rendered from. */
    private static String template(UserEvent event) {
        return switch (event) {
            case UserRegistered _, UserWelcomeRequested _ -> "welcome";
            case UserEmailVerificationRequested _ -> "email_verification";
            case PasswordResetRequested _ -> "password_reset";
            case UserSecurityAlertRequested _ -> "security_alert";
        };
    }

    private Map<String, String> variables(UserEvent event) {
        Map<String, String> variables = new TreeMap<>();
        String username = event.username();
        if (username != null) {
            variables.put("username", username);
        }
        switch (event) {
            case UserRegistered _, UserWelcomeRequested _ -> variables.put("sign_in_link", links.signIn());
            case UserEmailVerificationRequested e ->
                variables.put("verification_link", links.verifyEmail(e.verifyToken()));
            case PasswordResetRequested e -> variables.put("reset_link", links.resetPassword(e.resetToken()));
            case UserSecurityAlertRequested e -> {
                variables.putAll(e.details());
                variables.put("support_link", links.support());
            }
        }
        return variables;
    }
}
