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
        relays.add(new SmtpProvider(USUAL, usual, sockets.apply(usual.sslBundle()), caught, clock));
        Map<String, Entry> entries =
                binder.bind(PREFIX, Bindable.mapOf(String.class, Entry.class)).orElse(Map.of());
        new TreeMap<>(entries).forEach((name, entry) -> {
            if (entry.kind.equals(KIND)) {
                MailSettings settings = binder.bind(PREFIX + "." + name, Bindable.of(MailSettings.class))
                        .get();
                relays.add(new SmtpProvider(
                        new ProviderName(name), settings, sockets.apply(settings.sslBundle()), false, clock));
            }
        });
    }

    @Override
    public List<SmtpProvider> all() {
        return List.copyOf(relays);
    }

    @Override
    public void close() {
        relays.forEach(SmtpProvider::close);
    }
}
