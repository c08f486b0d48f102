package dev.tidings.adapters.providers;

import dev.tidings.application.delivery.MessageProvider;
import dev.tidings.application.reports.CallbackReader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.springframework.mock.env.MockEnvironment;

/** One provider, by the name {@code under-test}, as the configuration would open it. */
public final class Configured implements AutoCloseable {

    public static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    public static final String PUBLIC_URL = "https://tidings.example.com";

    private final OpenProviders opened;

    private Configured(OpenProviders opened) {
        this.opened = opened;
    }

    /** With names and values by turns. */
    public static Configured with(ProviderKind<?> kind, Object... settings) {
        return new Configured(open(kind, settings));
    }

    static OpenProviders open(ProviderKind<?> kind, Object... settings) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("tidings.providers.under-test.kind", kind.kind());
        properties.put("tidings.providers.under-test.connect-timeout", "2s");
        properties.put("tidings.providers.under-test.timeout", "400ms");
        properties.put("tidings.public-url", PUBLIC_URL);
        // Keys that belong to others.
        properties.put("tidings.providers.under-test.priority", "1");
        properties.put("tidings.providers.under-test.countries", "IN,DE");
        for (int i = 0; i < settings.length; i += 2) {
            String name = settings[i].toString();
            properties.put(
                    name.startsWith("tidings.") ? name : "tidings.providers.under-test." + name, settings[i + 1]);
        }
        return open(List.of(kind), properties);
    }

    static OpenProviders open(List<ProviderKind<?>> kinds, Map<String, Object> properties) {
        MockEnvironment environment = new MockEnvironment();
        properties.forEach((name, value) -> environment.setProperty(name, value.toString()));
        return new OpenProviders(kinds, environment, _ -> trustedByTheJvm(), InstantSource.fixed(NOW));
    }

    private static SSLContext trustedByTheJvm() {
        try {
            return SSLContext.getDefault();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    public MessageProvider provider() {
        return opened.all().iterator().next();
    }

    public CallbackReader reader() {
        return opened.readers().iterator().next();
    }

    public Collection<CallbackReader> readers() {
        return opened.readers();
    }

    @Override
    public void close() {
        opened.close();
    }
}
