package dev.tidings.adapters.providers;

import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

@Configuration(proxyBeanMethods = false)
class ProvidersConfiguration {

    @Bean
    OpenProviders httpProviders(
            List<ProviderKind<?>> kinds, ConfigurableEnvironment environment, SslBundles bundles, InstantSource clock) {
        return new OpenProviders(
                kinds,
                environment,
                bundle -> bundle.isBlank()
                        ? trustedByTheJvm()
                        : bundles.getBundle(bundle).createSslContext(),
                clock);
    }

    private static SSLContext trustedByTheJvm() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
