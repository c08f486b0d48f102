package dev.tidings.testing;

import dev.tidings.application.doubles.InMemoryAnnouncements;
import dev.tidings.application.doubles.InMemoryTemplates;
import dev.tidings.application.doubles.ScriptedProvider;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** The service with a provider, a broker and templates that do what a test tells them. */
@TestConfiguration(proxyBeanMethods = false)
public class ScriptedOutside {

    @Bean
    @Primary
    ScriptedProvider scriptedProvider() {
        return new ScriptedProvider(8);
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
