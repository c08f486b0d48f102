package dev.tidings.testing;

import dev.tidings.application.delivery.CircuitBreakers;
import dev.tidings.application.delivery.ProviderUsage;
import dev.tidings.application.delivery.Roster;
import dev.tidings.application.delivery.Route;
import dev.tidings.application.delivery.Routes;
import dev.tidings.application.doubles.InMemoryAnnouncements;
import dev.tidings.application.doubles.InMemoryTemplates;
import dev.tidings.application.doubles.ScriptedProvider;
import dev.tidings.domain.provider.ProviderPolicy;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** The service with a provider, a broker and templates that do what a test tells them. */
@TestConfiguration(proxyBeanMethods = false)
public class ScriptedOutside {

    @Bean
    ScriptedProvider scriptedProvider() {
        return new ScriptedProvider(8);
    }

    @Bean
    @Primary
    Roster scriptedRoster(
            ScriptedProvider provider,
            CircuitBreakers breakers,
            ProviderUsage usage,
            RandomGenerator random,
            InstantSource clock) {
        Route only = new Route(provider, ProviderPolicy.USUAL, breakers.of(provider.name()), usage);
        return new Roster(List.of(new Routes(provider.channel(), List.of(only), _ -> Optional.empty(), random, clock)));
    }

    @Bean
    @Primary
    InMemoryAnnouncements inMemoryAnnouncements() {
        return new InMemoryAnnouncements();
    }

    @Bean
    @Primary
    InMemoryTemplates inMemoryTemplates() {
        return new InMemoryTemplates();
    }
}
