package dev.tidings.adapters.mail;

import dev.tidings.application.delivery.ConfiguredProviders;
import dev.tidings.domain.notification.ProviderName;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import javax.net.ssl.SSLSocketFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The relay of {@code tidings.mail}, and those under {@code tidings.providers} whose kind is {@code smtp}. */
final class Relays implements ConfiguredProviders, AutoCloseable {

    private static final String PREFIX = "tidings.providers";
    private static final String KIND = "smtp";
    private static final ProviderName USUAL = new ProviderName("smtp");

    private final List<SmtpProvider> relays = new ArrayList<>();
    private final List<BounceReader> bounceReaders = new ArrayList<>();
    private final Function<String, SSLSocketFactory> sockets;
    private final InstantSource clock;

    record Entry(@DefaultValue("") String kind) {}

    /**
     * @param caught whether the usual relay is the embedded catcher
     * @param sockets by the name of a bundle, for TLS
     */
    Relays(
            MailSettings usual,
            boolean caught,
            Binder binder,
            Function<String, SSLSocketFactory> sockets,
            InstantSource clock) {
        this.sockets = sockets;
        this.clock = clock;
        add(USUAL, usual, caught);
        Map<String, Entry> entries =
                binder.bind(PREFIX, Bindable.mapOf(String.class, Entry.class)).orElse(Map.of());
        new TreeMap<>(entries).forEach((name, entry) -> {
            if (entry.kind.equals(KIND)) {
                MailSettings settings = binder.bind(PREFIX + "." + name, Bindable.of(MailSettings.class))
                        .get();
                add(new ProviderName(name), settings, false);
            }
        });
    }

    private void add(ProviderName name, MailSettings settings, boolean caught) {
        relays.add(new SmtpProvider(name, settings, sockets.apply(settings.sslBundle()), caught, clock));
        bounceReaders.add(new BounceReader(name, settings, clock));
    }

    @Override
    public List<SmtpProvider> all() {
        return List.copyOf(relays);
    }

    /** Of what comes back to each of them. */
    List<BounceReader> bounceReaders() {
        return List.copyOf(bounceReaders);
    }

    @Override
    public void close() {
        relays.forEach(SmtpProvider::close);
    }
}
