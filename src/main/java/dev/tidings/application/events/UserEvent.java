package dev.tidings.application.events;

import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.UserId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a service told us about one of its users. */
public sealed interface UserEvent {

    UserId userId();

    EmailAddress email();

    @Nullable String username();

    record UserRegistered(UserId userId, EmailAddress email, String username) implements UserEvent {}

    record UserWelcomeRequested(UserId userId, EmailAddress email, String username) implements UserEvent {}

    record UserEmailVerificationRequested(UserId userId, EmailAddress email, String username, String verifyToken)
            implements UserEvent {}

    record PasswordResetRequested(
            UserId userId, EmailAddress email, @Nullable String username, String resetToken) implements UserEvent {}

    /** {@code details} may hold alert_type, ip_address, device, location and occurred_at. */
    record UserSecurityAlertRequested(
            UserId userId, EmailAddress email, @Nullable String username, Map<String, String> details)
            implements UserEvent {}
}
