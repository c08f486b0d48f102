package dev.tidings;

import dev.tidings.adapters.embedded.EmbeddedParts;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the service. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class Tidings {

    public static void main(String[] args) {
        System.setProperty("disable-axoniq-console-message", "true");
        SpringApplication application = new SpringApplication(Tidings.class);
        application.addInitializers(new EmbeddedParts());
        application.run(args);
    }
}
