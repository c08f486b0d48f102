package dev.tidings.testing;

import dev.tidings.adapters.embedded.EmbeddedParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** The broker that Tidings embeds, alone, on a port and in a directory of its own. */
public final class PrivateQpid implements AutoCloseable {

    private final Path directory;
    private final ConfigurableApplicationContext context;

    @TestConfiguration(proxyBeanMethods = false)
    static class Nothing {}

    private PrivateQpid() throws IOException {
        directory = Files.createTempDirectory("tidings-qpid-");
        context = new SpringApplicationBuilder(Nothing.class)
                .initializers(new EmbeddedParts())
                .run(
                        "--spring.main.web-application-type=none",
                        "--tidings.database.url=postgresql://elsewhere",
                        "--tidings.mail.host=elsewhere",
                        "--tidings.embedded.directory=" + directory,
                        "--tidings.embedded.amqp-port=0");
        SpringApplication.getShutdownHandlers().add(this::deleteData);
    }

    public static PrivateQpid started() {
        try {
            return new PrivateQpid();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One for all tests that leave it running; they clean up their queues. */
    public static PrivateQpid shared() {
        return Shared.QPID;
    }

    private static final class Shared {
        private static final PrivateQpid QPID = started();
    }

    public String url() {
        return context.getEnvironment().getRequiredProperty("tidings.broker.url");
    }

    @Override
    public void close() {
        context.close();
        deleteData();
    }

    private void deleteData() {
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
