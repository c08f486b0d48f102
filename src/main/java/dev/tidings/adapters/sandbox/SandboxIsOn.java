package dev.tidings.adapters.sandbox;

import java.util.Locale;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** In production somebody has to want it. */
final class SandboxIsOn implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Environment environment = context.getEnvironment();
        String enabled = environment.getProperty("tidings.sandbox.enabled", "auto");
        return switch (enabled.strip().toLowerCase(Locale.ROOT)) {
            case "auto", "" -> !environment.acceptsProfiles(Profiles.of("production"));
            case "on", "true" -> true;
            case "off", "false" -> false;
            default ->
                throw new IllegalArgumentException(
                        "tidings.sandbox.enabled (SANDBOX) must be auto, on or off, not " + enabled);
        };
    }
}
