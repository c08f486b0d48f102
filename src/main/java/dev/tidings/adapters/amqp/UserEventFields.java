package dev.tidings.adapters.amqp;

import dev.tidings.application.events.UserEvent;
import dev.tidings.application.events.UserEvent.PasswordResetRequested;
import dev.tidings.application.events.UserEvent.UserEmailVerificationRequested;
import dev.tidings.application.events.UserEvent.UserRegistered;
import dev.tidings.application.events.UserEvent.UserSecurityAlertRequested;
import dev.tidings.application.events.UserEvent.UserWelcomeRequested;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.UserId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the event of the fields that its type has. */
final class UserEventFields {

    private static final int USER_ID = 128;
    private static final int EMAIL = 320;
    private static final int NAME = 200;
    private static final int TOKEN = 2_048;
    private static final int DETAIL = 1_000;
    private static final List<String> DETAILS =
            List.of("alert_type", "ip_address", "device", "location", "occurred_at", "details");

    private UserEventFields() {}

    /** Throws {@link dev.tidings.application.InvalidInput} with all that was found wrong with this body so far. */
    static UserEvent event(EventType type, MessageBody body) {
        @Nullable UserId userId = body.required("userid", USER_ID, UserId::new);
        @Nullable EmailAddress email = body.required("email", EMAIL, EmailAddress::new);
        return switch (type) {
            case REGISTERED -> {
                String username = body.required("username", NAME);
                body.check();
                yield new UserRegistered(checked(userId), checked(email), checked(username));
            }
            case WELCOME -> {
                String username = body.required("username", NAME);
                body.check();
                yield new UserWelcomeRequested(checked(userId), checked(email), checked(username));
            }
            case EMAIL_VERIFICATION -> {
                String username = body.required("username", NAME);
                String token = body.required("verify_token", TOKEN);
                body.check();
                yield new UserEmailVerificationRequested(
                        checked(userId), checked(email), checked(username), checked(token));
            }
            case PASSWORD_RESET -> {
                String username = body.optional("username", NAME);
                String token = body.required("reset_token", TOKEN);
                body.check();
                yield new PasswordResetRequested(checked(userId), checked(email), username, checked(token));
            }
            case SECURITY_ALERT -> {
                String username = body.optional("username", NAME);
                Map<String, String> details = details(body);
                body.check();
                yield new UserSecurityAlertRequested(checked(userId), checked(email), username, details);
            }
        };
    }

    private static Map<String, String> details(MessageBody body) {
        Map<String, String> details = new TreeMap<>();
        for (String name : DETAILS) {
            String value = body.optional(name, DETAIL);
            if (value != null) {
                details.put(name, value);
            }
        }
        return details;
    }

    private static <T> T checked(@Nullable T value) {
        return Objects.requireNonNull(value);
    }
}
