package dev.tidings.adapters.mail;

import dev.tidings.application.reports.CallbackReaders;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Mail goes to the relay under {@code tidings.mail}, known as the provider {@code smtp}, and to others by configuration. */
@Configuration(proxyBeanMethods = false)
class MailConfiguration {

    @Bean
    Relays relays(
            MailSettings settings,
            Environment environment,
            SslBundles bundles,
            InstantSource clock,
            @Value("#{'${tidings.embedded.parts:}'.split(',')}") List<String> embedded) {
        return new Relays(
                settings,
                embedded.contains("mail"),
                Binder.get(environment),
                bundle -> sockets(bundle, bundles),
                clock);
    }

    private static SSLSocketFactory sockets(String bundle, SslBundles bundles) {
        return bundle.isBlank()
                ? (SSLSocketFactory) SSLSocketFactory.getDefault()
                : bundles.getBundle(bundle).createSslContext().getSocketFactory();
    }

    @Bean
    CallbackReaders bounceReaders(Relays relays) {
        return relays::bounceReaders;
    }
}
