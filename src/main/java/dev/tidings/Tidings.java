package dev.tidings;

import dev.tidings.adapters.demo.Demo;
import dev.tidings.adapters.embedded.EmbeddedParts;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the service. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class Tidings {

    /** With the argument {@code demo}: a client that tries out a running Tidings. */
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals("demo")) {
            System.exit(Demo.run(System.getenv(), System.out));
        }
        giveVirtualThreadsRoom();
        System.setProperty("axoniq.update-checker.disabled", "true");
        System.setProperty("disable-axoniq-console-message", "true");
        SpringApplication application = new SpringApplication(Tidings.class);
        application.addInitializers(new EmbeddedParts());
        application.run(args);
    }

    /**
     * A virtual thread that loads a class can't leave its carrier. When as many of them as there are carriers wait for
     * a lock whose holder has left its own, none ever goes on: seen with the nested jar on two cores.
     */
    private static void giveVirtualThreadsRoom() {
        String parallelism = "jdk.virtualThreadScheduler.parallelism";
        if (System.getProperty(parallelism) == null) {
            System.setProperty(
                    parallelism, String.valueOf(Math.max(8, Runtime.getRuntime().availableProcessors())));
        }
    }
}
