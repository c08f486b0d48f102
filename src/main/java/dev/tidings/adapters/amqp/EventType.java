package dev.tidings.adapters.amqp;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What other services call their events. */
enum EventType {
    REGISTERED("user.registered", "UserRegistered"),
    WELCOME("user.welcome_requested", "UserWelcomeRequested"),
    EMAIL_VERIFICATION("user.email_verification_requested", "UserEmailVerificationRequested"),
    PASSWORD_RESET("user.password_reset_requested", "PasswordResetRequested", "UserPasswordResetRequested"),
    SECURITY_ALERT("user.security_alert_requested", "UserSecurityAlertRequested");

    private static final Map<String, EventType> BY_NAME = Arrays.stream(values())
            .flatMap(type -> type.names().map(name -> Map.entry(name, type)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    private static final Map<String, EventType> BY_ROUTING_KEY =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(type -> type.routingKey, Function.identity()));

    private final String routingKey;
    private final String wireName;
    private final String otherName;

    EventType(String routingKey, String wireName) {
        this(routingKey, wireName, wireName);
    }

    EventType(String routingKey, String wireName, String otherName) {
        this.routingKey = routingKey;
        this.wireName = wireName;
        this.otherName = otherName;
    }

    static Optional<EventType> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    static Optional<EventType> routedBy(String key) {
        return Optional.ofNullable(BY_ROUTING_KEY.get(key));
    }

    static List<String> wireNames() {
        return Arrays.stream(values()).map(EventType::wireName).toList();
    }

    static String known() {
        return Arrays.stream(values()).flatMap(EventType::names).collect(Collectors.joining(", "));
    }

    String wireName() {
        return wireName;
    }

    private Stream<String> names() {
        return Stream.of(wireName, otherName).distinct();
    }
}
