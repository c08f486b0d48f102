package dev.tidings.adapters.providers.http;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a provider is called.
 *
 * @param concurrency how many calls at the same time at most, from 1; each has a connection of its own
 * @param connectTimeout for a connection to be made, from 1 ms
 * @param timeout for the whole call, from its start to the last byte of the answer, from 1 ms
 * @param sslBundle the {@code spring.ssl.bundle} with the authorities that are trusted; the JVM's own when empty
 */
public record HttpSettings(
        @DefaultValue("64") int concurrency,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("15s") Duration timeout,
        @DefaultValue("") String sslBundle) {

    public static final HttpSettings USUAL = new HttpSettings(64, Duration.ofSeconds(5), Duration.ofSeconds(15), "");

    public HttpSettings {
        require(concurrency >= 1, "concurrency must be at least 1, not " + concurrency);
        require(connectTimeout.toMillis() >= 1, "connect-timeout must be at least 1 ms");
        require(timeout.toMillis() >= 1, "timeout must be at least 1 ms");
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
