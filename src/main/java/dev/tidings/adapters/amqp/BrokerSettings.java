package dev.tidings.adapters.amqp;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param url see {@link BrokerUrl}
 * @param prefetch how many messages may be in hand, 1 to 60,000
 * @param maxBody a longer message is parked
 * @param requestType what a delivery request is about that doesn't say
 * @param sslBundle the name of a Spring SSL bundle, for a private authority or a client certificate
 */
@ConfigurationProperties("tidings.broker")
record BrokerSettings(
        String url,
        @DefaultValue("500") int prefetch,
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue("auto") QueueType queueType,
        @DefaultValue("general") String requestType,
        @Nullable String sslBundle) {

    /** {@code AUTO}: quorum where the broker has such queues. */
    enum QueueType {
        AUTO,
        QUORUM,
        CLASSIC
    }

    BrokerSettings {
        if (prefetch < 1 || prefetch > 60_000) {
            throw new IllegalArgumentException("tidings.broker.prefetch must be from 1 to 60000");
        }
        BrokerUrl.parse(url);
    }

    BrokerUrl address() {
        return BrokerUrl.parse(url);
    }

    /** Without the URL's password. */
    @Override
    public String toString() {
        return "BrokerSettings[" + address() + "]";
    }
}
