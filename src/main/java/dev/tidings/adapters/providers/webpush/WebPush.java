package dev.tidings.adapters.providers.webpush;

import dev.tidings.adapters.providers.ProviderKind;
import dev.tidings.adapters.providers.Vendor;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

@Component
final class WebPush implements ProviderKind<WebPush.Settings> {

    private static final Duration LONGEST_TTL = Duration.ofDays(28);

    /**
     * @param baseUrl a relay that all goes through, by the paths of the endpoints; when empty each goes to its own push
     *     service
     * @param publicKey the VAPID key that browsers subscribe with: 65 bytes of an uncompressed point on P-256, base64url
     * @param privateKey its secret half: 32 bytes, base64url
     * @param subject whom push services may turn to: {@code mailto:…} or {@code https://…}
     * @param ttl for how long a push service keeps a message, 0 s to 28 d
     * @param allowPrivate whether endpoints may be inside the own network
     */
    record Settings(
            @DefaultValue("") String baseUrl,
            @DefaultValue("") String publicKey,
            @DefaultValue("") String privateKey,
            @DefaultValue("") String subject,
            @DefaultValue("24h") Duration ttl,
            @DefaultValue("false") boolean allowPrivate)
            implements ProviderKind.Settings {

        /** @throws IllegalArgumentException with words for whoever configured it */
        void mustMakeSense() {
            if (!subject.matches("(mailto:|https://)[^\\s\"\\\\]+")) {
                throw new IllegalArgumentException(
                        "subject must be an address such as mailto:ada@example.org, not " + subject);
            }
            if (ttl.isNegative() || ttl.compareTo(LONGEST_TTL) > 0) {
                throw new IllegalArgumentException("ttl must be 0 s to 28 d, not " + ttl);
            }
        }

        @Override
        public List<Needed> needed() {
            return List.of(
                    Needed.own("public-key", publicKey),
                    Needed.own("private-key", privateKey),
                    Needed.own("subject", subject));
        }

        /** Without the private key. */
        @Override
        public String toString() {
            return "WebPush.Settings[" + publicKey + "]";
        }
    }

    @Override
    public String kind() {
        return "web-push";
    }

    @Override
    public Class<Settings> settings() {
        return Settings.class;
    }

    @Override
    public Vendor vendor(Settings settings, Surroundings surroundings) {
        settings.mustMakeSense();
        return new PushServices(settings, surroundings.clock());
    }
}
