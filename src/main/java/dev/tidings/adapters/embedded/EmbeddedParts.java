package dev.tidings.adapters.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;
import org.springframework.util.StringUtils;

/**
 * What has no address is embedded: starts those parts before any bean exists, and tells their addresses through the
 * properties that would name the real ones. With profile "production" a missing address is an error instead.
 */
public final class EmbeddedParts implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String NAME = "embedded parts";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (environment.acceptsProfiles(Profiles.of("production"))) {
            ProductionAddresses.mustBeSet(environment);
        }
        List<Part> parts = missingFrom(environment);
        Map<String, Object> properties = new HashMap<>();
        properties.put("tidings.embedded.parts", parts.stream().map(Part::name).collect(Collectors.joining(",")));
        if (!parts.isEmpty()) {
            start(parts, path(environment, "tidings.embedded.directory"), context);
            for (Part part : parts) {
                properties.putAll(part.properties());
                if (part instanceof MailCatcher catcher) {
                    context.getBeanFactory().registerSingleton("mailbox", catcher.mailbox());
                }
            }
        }
        environment.getPropertySources().addFirst(new MapPropertySource(NAME, properties));
    }

    private static List<Part> missingFrom(Environment environment) {
        Path directory = path(environment, "tidings.embedded.directory");
        List<Part> parts = new ArrayList<>();
        if (isMissing(environment, "tidings.database.url")) {
            if (!isMissing(environment, "tidings.database.standby-url")) {
                throw new CannotStart(
                        "STANDBY_DATABASE_URL is set, but DATABASE_URL is not.",
                        "Set DATABASE_URL to the primary of that standby, or unset STANDBY_DATABASE_URL.");
            }
            parts.add(new PostgresPair(
                    directory.resolve("postgresql"),
                    new PostgresBinaries(path(environment, "tidings.embedded.binaries")),
                    Port.from(environment, "tidings.embedded.postgres-port"),
                    Port.from(environment, "tidings.embedded.standby-port")));
        }
        if (isMissing(environment, "tidings.broker.url")) {
            parts.add(new Broker(directory.resolve("broker"), Port.from(environment, "tidings.embedded.amqp-port")));
        }
        if (isMissing(environment, "tidings.mail.host")) {
            parts.add(new MailCatcher(
                    directory.resolve("mail"),
                    environment.getRequiredProperty("tidings.embedded.mailbox-size", Integer.class),
                    Port.from(environment, "tidings.embedded.smtp-port")));
        }
        return parts;
    }

    private static void start(List<Part> parts, Path directory, ConfigurableApplicationContext context) {
        DirectoryLock lock = DirectoryLock.on(directory);
        RunningParts running = new RunningParts(parts);
        Runnable stop = () -> {
            running.stop();
            lock.close();
        };
        // Registered before any bean, so destroyed after all of them; the handler is for a start that fails early.
        ((DefaultSingletonBeanRegistry) context.getBeanFactory()).registerDisposableBean(NAME, stop::run);
        SpringApplication.getShutdownHandlers().add(stop);
        try {
            running.start();
        } catch (CannotStart e) {
            stop.run();
            throw e;
        } catch (ExecutionException e) {
            stop.run();
            throw cannotStart(e.getCause() == null ? e : e.getCause());
        } catch (Exception e) {
            stop.run();
            throw cannotStart(e);
        }
    }

    private static CannotStart cannotStart(Throwable cause) {
        return cause instanceof CannotStart known
                ? known
                : new CannotStart(
                        "An embedded part doesn't start: " + cause.getMessage(),
                        "See the logs in the data directory; or set DATABASE_URL, RABBITMQ_URL, SMTP_HOST to use real"
                                + " ones.",
                        cause);
    }

    private static boolean isMissing(Environment environment, String property) {
        return !StringUtils.hasText(environment.getProperty(property));
    }

    private static Path path(Environment environment, String property) {
        return Path.of(environment.getRequiredProperty(property))
                .toAbsolutePath()
                .normalize();
    }
}
