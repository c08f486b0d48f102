package dev.tidings.testing;

import dev.tidings.Tidings;
import dev.tidings.adapters.embedded.EmbeddedParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service inside the test's process, on the embedded default, with ports and a data directory of its own. */
public final class TidingsHere implements AutoCloseable {

    private final Path directory;
    private final ConfigurableApplicationContext context;

    private TidingsHere(Path directory, ConfigurableApplicationContext context) {
        this.directory = directory;
        this.context = context;
    }

    static Map<String, Object> freePortsAnd(Path directory, Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "server.port", 0,
                "tidings.embedded.directory", directory.toString(),
                "tidings.embedded.postgres-port", 0,
                "tidings.embedded.standby-port", 0,
                "tidings.embedded.amqp-port", 0,
                "tidings.embedded.smtp-port", 0));
        all.putAll(properties);
        return all;
    }

    /** {@code more} are configurations that stand in for parts of the service, or add to it. */
    public static TidingsHere started(Map<String, Object> properties, Class<?>... more) {
        try {
            Path directory = Files.createTempDirectory("tidings");
            List<Class<?>> sources = new ArrayList<>(List.of(Tidings.class));
            sources.addAll(List.of(more));
            return new TidingsHere(
                    directory,
                    new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                            .initializers(new EmbeddedParts())
                            .registerShutdownHook(false)
                            .run(arguments(freePortsAnd(directory, properties))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String[] arguments(Map<String, Object> properties) {
        return properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
    }

    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    public <T> Collection<T> all(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    public String property(String name) {
        return context.getEnvironment().getRequiredProperty(name);
    }

    public String http() {
        return "http://127.0.0.1:" + property("local.server.port");
    }

    @Override
    public void close() {
        context.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
