package dev.tidings.adapters.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Nothing but the embedded parts: in this JVM, or as a program of its own that says when it is ready. */
@Configuration(proxyBeanMethods = false)
class TinyTidings {

    static final String READY = "READY";

    public static void main(String[] arguments) {
        application().run(arguments);
        System.out.println(READY);
    }

    static ConfigurableApplicationContext startedIn(Path directory, String... arguments) {
        List<String> all = new ArrayList<>(defaults(directory));
        all.addAll(Arrays.asList(arguments));
        return application().run(all.toArray(String[]::new));
    }

    static List<String> defaults(Path directory) {
        return List.of(
                "--spring.main.web-application-type=none",
                "--tidings.embedded.directory=" + directory,
                "--tidings.embedded.binaries="
                        + Path.of("target/embedded-binaries").toAbsolutePath(),
                "--tidings.embedded.postgres-port=0",
                "--tidings.embedded.standby-port=0",
                "--tidings.embedded.amqp-port=0",
                "--tidings.embedded.smtp-port=0");
    }

    private static SpringApplication application() {
        return new SpringApplicationBuilder(TinyTidings.class)
                .initializers(new EmbeddedParts())
                .build();
    }
}
