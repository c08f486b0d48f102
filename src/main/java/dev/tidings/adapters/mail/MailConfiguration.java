package dev.tidings.adapters.mail;

import dev.tidings.application.delivery.ConfiguredProviders;
import dev.tidings.application.reports.CallbackReaders;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Mail goes to one relay, known as the provider {@code smtp}. */
@Configuration(proxyBeanMethods = false)
class MailConfiguration {

    @Bean
    SmtpProvider smtpProvider(MailSettings settings, SslBundles bundles, InstantSource clock) {
        SSLSocketFactory trusted = settings.sslBundle().isBlank()
                ? (SSLSocketFactory) SSLSocketFactory.getDefault()
                : bundles.getBundle(settings.sslBundle()).createSslContext().getSocketFactory();
        return new SmtpProvider(settings, trusted, clock);
    }

    @Bean
    ConfiguredProviders relays(SmtpProvider provider) {
        return () -> List.of(provider);
    }

    @Bean
    CallbackReaders bounceReaders(MailSettings settings, InstantSource clock) {
        BounceReader reader = new BounceReader(settings, clock);
        return () -> List.of(reader);
    }
}
