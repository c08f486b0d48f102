package dev.tidings.adapters.embedded;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** In production nothing is embedded and REST is guarded: what that needs must be set, all of it said at once. */
final class ProductionAddresses {

    private record Needed(String property, String variable, String example) {}

    private static final List<Needed> NEEDED = List.of(
            new Needed("tidings.database.url", "DATABASE_URL", "postgresql://user:password@db.example:5432/tidings"),
            new Needed("tidings.broker.url", "RABBITMQ_URL", "amqps://user:password@broker.example:5671/"),
            new Needed("tidings.mail.host", "SMTP_HOST", "smtp.example"),
            new Needed(
                    "tidings.access.token", "TIDINGS_TOKEN", "a long random text, e.g. of: openssl rand -base64 32"));

    private ProductionAddresses() {}

    static void mustBeSet(Environment environment) {
        List<Needed> missing = NEEDED.stream()
                .filter(needed -> !StringUtils.hasText(environment.getProperty(needed.property())))
                .toList();
        if (!missing.isEmpty()) {
            throw new CannotStart(
                    "Profile \"production\" embeds nothing, and these environment variables are missing: "
                            + missing.stream().map(Needed::variable).collect(Collectors.joining(", ")) + ".",
                    "Set them. What a right value looks like:"
                            + missing.stream()
                                    .map(needed -> "\n    " + needed.variable() + "=" + needed.example())
                                    .collect(Collectors.joining()));
        }
    }
}
