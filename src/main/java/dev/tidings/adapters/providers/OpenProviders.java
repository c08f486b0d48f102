package dev.tidings.adapters.providers;

import dev.tidings.adapters.providers.http.BaseUrl;
import dev.tidings.adapters.providers.http.HttpCaller;
import dev.tidings.adapters.providers.http.HttpSettings;
import dev.tidings.application.delivery.ConfiguredProviders;
import dev.tidings.application.delivery.MessageProvider;
import dev.tidings.application.reports.CallbackReader;
import dev.tidings.application.reports.CallbackReaders;
import dev.tidings.domain.notification.ProviderName;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.ConfigurableEnvironment;

/** The providers under {@code tidings.providers} whose kind is known here, and which have what they need. */
final class OpenProviders implements ConfiguredProviders, CallbackReaders, AutoCloseable {

    static final String PREFIX = "tidings.providers";

    private static final Logger LOG = LoggerFactory.getLogger(OpenProviders.class);

    private final List<HttpProvider> providers = new ArrayList<>();
    private final List<CallbackReader> readers = new ArrayList<>();
    private final Map<String, ProviderKind<?>> kinds;
    private final ConfigurableEnvironment environment;
    private final Binder binder;
    private final Function<String, SSLContext> trusted;
    private final @Nullable URI publicUrl;
    private final InstantSource clock;

    record Entry(@DefaultValue("") String kind) {}

    /** @param trusted by the name of a {@code spring.ssl.bundle}; the JVM's own for an empty one */
    OpenProviders(
            Collection<? extends ProviderKind<?>> kinds,
            ConfigurableEnvironment environment,
            Function<String, SSLContext> trusted,
            InstantSource clock) {
        this.kinds = kinds.stream().collect(Collectors.toMap(ProviderKind::kind, Function.identity()));
        this.environment = environment;
        this.binder = Binder.get(environment);
        this.trusted = trusted;
        this.publicUrl = publicUrl();
        this.clock = clock;
        try {
            openAll();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private @Nullable URI publicUrl() {
        String url = binder.bind("tidings.public-url", String.class).orElse("");
        try {
            return url.isBlank() ? null : BaseUrl.of(url).value();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "tidings.public-url (PUBLIC_URL) must be an address such as https://tidings.example.com", e);
        }
    }

    private void openAll() {
        List<String> leftOut = new ArrayList<>();
        entries().forEach((name, entry) -> {
            ProviderKind<?> kind = kinds.get(entry.kind);
            if (kind != null && !openNamed(name, kind)) {
                leftOut.add(name);
            }
        });
        LOG.info(
                "Providers by HTTP: {}; not configured: {}",
                providers.stream().map(each -> each.name().value()).toList(),
                leftOut);
    }

    private Map<String, Entry> entries() {
        return new TreeMap<>(
                binder.bind(PREFIX, Bindable.mapOf(String.class, Entry.class)).orElse(Map.of()));
    }

    private boolean openNamed(String name, ProviderKind<?> kind) {
        try {
            return open(name, kind);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(PREFIX + "." + name + "." + e.getMessage(), e);
        }
    }

    private <S extends ProviderKind.Settings> boolean open(String name, ProviderKind<S> kind) {
        String prefix = PREFIX + "." + name;
        S settings = binder.bindOrCreate(prefix, kind.settings());
        if (!new Completeness(environment, prefix).isComplete(settings.needed())) {
            return false;
        }
        HttpSettings http = binder.bindOrCreate(prefix, HttpSettings.class);
        ProviderKind.Surroundings surroundings =
                new ProviderKind.Surroundings(new ProviderName(name), publicUrl, clock);
        // With HTTP/2 one connection that breaks would leave many outcomes unknown.
        HttpCaller caller = new HttpCaller(http, trusted.apply(http.sslBundle()), Version.HTTP_1_1);
        providers.add(
                new HttpProvider(surroundings.name(), kind.vendor(settings, surroundings), caller, http.concurrency()));
        kind.callbacks(settings, surroundings).ifPresent(readers::add);
        return true;
    }

    @Override
    public Collection<? extends MessageProvider> all() {
        return providers;
    }

    @Override
    public Collection<CallbackReader> readers() {
        return readers;
    }

    @Override
    public void close() {
        providers.forEach(HttpProvider::close);
    }
}
