package dev.tidings.adapters.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** Nothing but the embedded parts: in this JVM, or as a program of its own that says where they are. */
@TestConfiguration(proxyBeanMethods = false)
class TinyTidings {

    static final String READY = "READY ";

    public static void main(String[] arguments) throws InterruptedException {
        Environment environment = application().run(arguments).getEnvironment();
        System.out.println(READY
                + Stream.of("tidings.database.url", "tidings.broker.url")
                        .map(environment::getProperty)
                        .toList());
        Thread.currentThread().join();
    }

    static ConfigurableApplicationContext startedIn(Path directory, String... arguments) {
        return application()
                .run(Stream.concat(anywhere(directory).stream(), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    /** On free ports, and with PostgreSQL's programs unpacked once for all tests. */
    static List<String> anywhere(Path directory) {
        return List.of(
                "--spring.main.web-application-type=none",
                "--tidings.embedded.directory=" + directory,
                "--tidings.embedded.binaries=" + binaries(),
                "--tidings.embedded.postgres-port=0",
                "--tidings.embedded.standby-port=0",
                "--tidings.embedded.amqp-port=0",
                "--tidings.embedded.smtp-port=0");
    }

    static Path binaries() {
        return Path.of("target/embedded-binaries").toAbsolutePath();
    }

    private static SpringApplication application() {
        return new SpringApplicationBuilder(TinyTidings.class)
                .initializers(new EmbeddedParts())
                .build();
    }
}
