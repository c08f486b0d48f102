package dev.tidings.adapters.rest;

import static java.net.http.HttpRequest.BodyPublishers.ofString;

import dev.tidings.application.acceptance.AcceptNotifications;
import dev.tidings.application.acceptance.ComposeNotifications;
import dev.tidings.application.acceptance.SendByChannels;
import dev.tidings.application.commit.Outages;
import dev.tidings.application.contact.ManageContactPoints;
import dev.tidings.application.contact.PhoneNumbers;
import dev.tidings.application.delivery.DirectProviders;
import dev.tidings.application.delivery.ProviderUsage.Taken;
import dev.tidings.application.delivery.Roster;
import dev.tidings.application.delivery.Route;
import dev.tidings.application.delivery.Routes;
import dev.tidings.application.doubles.InMemoryProviderChoices;
import dev.tidings.application.doubles.InMemoryViewsBeside;
import dev.tidings.application.doubles.Outage;
import dev.tidings.application.doubles.PlainNumbers;
import dev.tidings.application.doubles.ScriptedCallbackReader;
import dev.tidings.application.doubles.ScriptedLedger;
import dev.tidings.application.doubles.SimpleBreaker;
import dev.tidings.application.doubles.TidingsInMemory;
import dev.tidings.application.intervention.Intervene;
import dev.tidings.application.intervention.ManageSuppressions;
import dev.tidings.application.intervention.RedriveFailed;
import dev.tidings.application.notification.NotificationReads;
import dev.tidings.application.notification.RebuildViews;
import dev.tidings.application.parking.ReviewParked;
import dev.tidings.application.preferences.ManagePreferences;
import dev.tidings.application.preferences.PreferencesLog;
import dev.tidings.application.preferences.PreferencesReads;
import dev.tidings.application.reports.CallbackReaders;
import dev.tidings.application.reports.ProviderNewsDesk;
import dev.tidings.application.suppression.Suppressions;
import dev.tidings.domain.category.Categories;
import dev.tidings.domain.provider.ProviderPolicy;
import dev.tidings.domain.provider.ProviderPolicy.Mode;
import dev.tidings.domain.recipient.Channel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.configuration.SpringDocPageableConfiguration;
import org.springdoc.core.configuration.SpringDocSortConfiguration;
import org.springdoc.core.configuration.SpringDocSpecPropertiesConfiguration;
import org.springdoc.core.configuration.SpringDocWebServerConfiguration;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.properties.SwaggerUiConfigProperties;
import org.springdoc.core.properties.SwaggerUiOAuthProperties;
import org.springdoc.webflux.core.configuration.MultipleOpenApiSupportConfiguration;
import org.springdoc.webflux.core.configuration.SpringDocWebFluxConfiguration;
import org.springdoc.webflux.ui.SwaggerConfig;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.reactor.autoconfigure.ReactorAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxObservationAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.error.ErrorWebFluxAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.http.client.ReactorResourceFactory;

/** The API on a real port, over Tidings in memory. */
final class ServedFromMemory implements AutoCloseable {

    final TidingsInMemory tidings;
    final Witness witness;
    final MeterRegistry meters;
    final ScriptedLedger ledger;
    final InMemoryViewsBeside views;
    final SimpleBreaker breaker;
    final ScriptedCallbackReader callbacks;
    final int port;

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    ServedFromMemory(String... properties) {
        List<String> arguments =
                new ArrayList<>(List.of("--server.port=0", "--spring.main.register-shutdown-hook=false"));
        for (String property : properties) {
            arguments.add("--" + property);
        }
        context = SpringApplication.run(Beans.class, arguments.toArray(String[]::new));
        tidings = context.getBean(TidingsInMemory.class);
        witness = context.getBean(Witness.class);
        meters = context.getBean(MeterRegistry.class);
        ledger = context.getBean(ScriptedLedger.class);
        views = context.getBean(InMemoryViewsBeside.class);
        breaker = context.getBean(SimpleBreaker.class);
        callbacks = context.getBean(ScriptedCallbackReader.class);
        port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    Answer delete(String path, String... headers) {
        return send(request(path, headers).DELETE());
    }

    Answer patch(String path, String json, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .method("PATCH", ofString(json)));
    }

    Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    Answer post(String path, String json, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(ofString(json)));
    }

    Answer put(String path, String json, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .PUT(ofString(json)));
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(20));
        return headers.length == 0 ? request : request.headers(headers);
    }

    Answer send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
        context.close();
    }

    @TestConfiguration(proxyBeanMethods = false)
    @ComponentScan(basePackageClasses = Problems.class)
    @ImportAutoConfiguration({
        PropertyPlaceholderAutoConfiguration.class,
        LifecycleAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        CodecsAutoConfiguration.class,
        ReactorAutoConfiguration.class,
        NettyReactiveWebServerAutoConfiguration.class,
        HttpHandlerAutoConfiguration.class,
        WebFluxAutoConfiguration.class,
        ErrorWebFluxAutoConfiguration.class,
        ObservationAutoConfiguration.class,
        WebFluxObservationAutoConfiguration.class,
        OpenTelemetrySdkAutoConfiguration.class,
        OpenTelemetryTracingAutoConfiguration.class,
        MicrometerTracingAutoConfiguration.class,
        SpringDocConfigProperties.class,
        SpringDocConfiguration.class,
        SpringDocSpecPropertiesConfiguration.class,
        SpringDocPageableConfiguration.class,
        SpringDocSortConfiguration.class,
        SpringDocWebServerConfiguration.class,
        SpringDocWebFluxConfiguration.class,
        MultipleOpenApiSupportConfiguration.class,
        SwaggerConfig.class,
        SwaggerUiConfigProperties.class,
        SwaggerUiOAuthProperties.class
    })
    static class Beans {

        /** The usual one is shared by all servers of the process, and gone with the first that closes. */
        @Bean
        ReactorResourceFactory ownThreads() {
            ReactorResourceFactory threads = new ReactorResourceFactory();
            threads.setUseGlobalResources(false);
            return threads;
        }

        @Bean
        TidingsInMemory tidings() {
            return new TidingsInMemory();
        }

        @Bean
        Witness witness() {
            return new Witness();
        }

        @Bean
        Categories categories() {
            return TidingsInMemory.CATEGORIES;
        }

        @Bean
        Outages outages() {
            return Outage::isOutage;
        }

        @Bean
        AcceptNotifications acceptNotifications(TidingsInMemory tidings) {
            return tidings.accept;
        }

        @Bean
        ComposeNotifications composeNotifications(TidingsInMemory tidings, Witness witness) {
            return new ComposeNotifications(
                    TidingsInMemory.CATEGORIES, tidings.roster, witness.watching(tidings.templates), tidings.clock);
        }

        @Bean
        SendByChannels sendByChannels(TidingsInMemory tidings, ComposeNotifications compose) {
            return new SendByChannels(compose, tidings.accept, tidings.contacts);
        }

        @Bean
        PhoneNumbers phoneNumbers() {
            return new PlainNumbers();
        }

        @Bean
        Intervene intervene(TidingsInMemory tidings) {
            return tidings.intervene;
        }

        @Bean
        RedriveFailed redriveFailed(TidingsInMemory tidings) {
            return new RedriveFailed(tidings.reads, tidings.intervene, Outage::isOutage, tidings.clock);
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        ReviewParked reviewParked(TidingsInMemory tidings) {
            return tidings.reviewParked;
        }

        @Bean
        ManagePreferences managePreferences(TidingsInMemory tidings) {
            return tidings.preferences;
        }

        @Bean
        NotificationReads notificationReads(TidingsInMemory tidings, Witness witness) {
            return witness.watching(tidings.reads);
        }

        @Bean
        InstantSource clock(TidingsInMemory tidings) {
            return tidings.clock;
        }

        @Bean
        ScriptedLedger ledger() {
            return new ScriptedLedger();
        }

        @Bean
        InMemoryViewsBeside viewsBeside() {
            return new InMemoryViewsBeside();
        }

        @Bean
        RebuildViews rebuildViews(InMemoryViewsBeside views, TidingsInMemory tidings) {
            return new RebuildViews(views, () -> "here", tidings.clock);
        }

        @Bean
        ManageContactPoints manageContactPoints(TidingsInMemory tidings) {
            return new ManageContactPoints(tidings.units, tidings.contacts, tidings.suppressions, tidings.clock);
        }

        @Bean
        Suppressions suppressions(TidingsInMemory tidings) {
            return tidings.suppressions;
        }

        @Bean
        ManageSuppressions manageSuppressions(TidingsInMemory tidings) {
            return new ManageSuppressions(tidings.units, tidings.suppressions, tidings.aftermath, tidings.clock);
        }

        @Bean
        SimpleBreaker breaker(TidingsInMemory tidings) {
            return new SimpleBreaker(tidings.clock);
        }

        @Bean
        Roster roster(TidingsInMemory tidings, SimpleBreaker breaker) {
            Route only = new Route(
                    tidings.provider,
                    new ProviderPolicy(100, 100, Mode.ACTIVE, 50, 0, Set.of()),
                    breaker,
                    (_, _, wanted, _, _) -> new Taken(wanted, false));
            return new Roster(List.of(
                    new Routes(Channel.EMAIL, List.of(only), _ -> Optional.empty(), tidings.random, tidings.clock)));
        }

        @Bean(destroyMethod = "")
        DirectProviders directProviders(Roster roster) {
            return new DirectProviders(roster, new InMemoryProviderChoices(), () -> {});
        }

        @Bean
        ScriptedCallbackReader callbackReader() {
            return new ScriptedCallbackReader("scripted");
        }

        @Bean
        CallbackReaders callbackReaders(ScriptedCallbackReader reader) {
            return () -> List.of(reader);
        }

        @Bean
        CallbackReaders whatsAppReaders() {
            return () -> List.of(new ScriptedCallbackReader("whatsapp"));
        }

        @Bean
        ProviderNewsDesk providerNewsDesk(TidingsInMemory tidings) {
            return tidings.reports;
        }

        @Bean
        PreferencesReads preferencesReads(TidingsInMemory tidings) {
            return tidings.reads.preferences();
        }

        @Bean
        PreferencesLog preferencesLog(TidingsInMemory tidings, Witness witness) {
            return witness.watching(tidings.preferencesLog);
        }
    }
}
