package dev.tidings.adapters.operations;

import dev.tidings.application.commit.DatabaseHealth;
import dev.tidings.application.commit.NodeName;
import dev.tidings.application.delivery.DeliveryQueue;
import dev.tidings.application.delivery.ProviderHealth;
import dev.tidings.application.events.BrokerHealth;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.notification.ProviderName;
import io.micrometer.context.ContextSnapshotFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.otlp.OtlpMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.jvm.JvmMetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.prometheus.PrometheusExemplarsAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.logging.otlp.OtlpLoggingAutoConfiguration;
import org.springframework.boot.reactor.autoconfigure.ReactorAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxObservationAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.error.ErrorWebFluxAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * The web server, what is watched, and scripted parts to watch; in this JVM, or as a program of its own. No stereotype: a
 * test that scans for all of Tidings must not find it.
 */
@ImportAutoConfiguration({
    ApplicationAvailabilityAutoConfiguration.class,
    ConfigurationPropertiesAutoConfiguration.class,
    LifecycleAutoConfiguration.class,
    PropertyPlaceholderAutoConfiguration.class,
    TaskExecutionAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    CodecsAutoConfiguration.class,
    ReactorAutoConfiguration.class,
    NettyReactiveWebServerAutoConfiguration.class,
    HttpHandlerAutoConfiguration.class,
    WebFluxAutoConfiguration.class,
    ErrorWebFluxAutoConfiguration.class,
    WebFluxObservationAutoConfiguration.class,
    MetricsAutoConfiguration.class,
    CompositeMeterRegistryAutoConfiguration.class,
    PrometheusMetricsExportAutoConfiguration.class,
    OtlpMetricsExportAutoConfiguration.class,
    JvmMetricsAutoConfiguration.class,
    ObservationAutoConfiguration.class,
    MicrometerTracingAutoConfiguration.class,
    PrometheusExemplarsAutoConfiguration.class,
    OpenTelemetrySdkAutoConfiguration.class,
    OpenTelemetryTracingAutoConfiguration.class,
    OpenTelemetryLoggingAutoConfiguration.class,
    OtlpTracingAutoConfiguration.class,
    OtlpLoggingAutoConfiguration.class
})
@Import({OperationsConfiguration.class, TracingConfiguration.class})
class TinyOperations {

    private static final Logger LOG = LoggerFactory.getLogger(TinyOperations.class);
    private static final ContextSnapshotFactory CONTEXTS =
            ContextSnapshotFactory.builder().build();

    /** Answers a few requests of its own, then ends. */
    public static void main(String[] arguments) throws Exception {
        try (ConfigurableApplicationContext context = start(arguments)) {
            Http http = Http.to(context);
            http.get("/people/ada@example.com", Map.of("traceparent", Http.TRACEPARENT));
            http.get("/broken", Map.of());
            http.get("/broker/ping", Map.of());
        }
    }

    /** All that it writes to its standard output until it has ended well. */
    static String outputOfAProcess(Path directory, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                TinyOperations.class.getName()));
        command.addAll(List.of(arguments));
        Path output = directory.resolve("output");
        Path errors = directory.resolve("errors");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        if (builder.start().waitFor() != 0) {
            throw new AssertionError(Files.readString(output) + Files.readString(errors));
        }
        return Files.readString(output);
    }

    static ConfigurableApplicationContext start(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--server.port=0", "--tidings.node=node-7"));
        all.addAll(List.of(arguments));
        return new SpringApplication(TinyOperations.class).run(all.toArray(String[]::new));
    }

    @Bean
    Scripted scripted() {
        return new Scripted();
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    NodeName nodeName() {
        return () -> "node-7";
    }

    @Bean
    DatabaseHealth databaseHealth(Scripted scripted) {
        return scripted.databases();
    }

    @Bean
    BrokerHealth brokerHealth(Scripted scripted) {
        return scripted::broker;
    }

    @Bean
    ProviderHealth providerHealth(Scripted scripted) {
        return new ProviderHealth() {
            @Override
            public ProviderName name() {
                return new ProviderName("smtp");
            }

            @Override
            public Optional<String> problem() {
                return scripted.mail();
            }
        };
    }

    @Bean
    DeliveryQueue deliveryQueue(Scripted scripted) {
        return scripted.queue();
    }

    @Bean
    RouterFunction<ServerResponse> people() {
        return RouterFunctions.route()
                .GET("/people/{userid}", TinyOperations::person)
                .GET("/broken", _ -> Mono.error(new IllegalStateException("no answer for ada@example.com")))
                .build();
    }

    private static Mono<ServerResponse> person(ServerRequest request) {
        request.attributes().put(RequestContext.SERVICE_ID, "shop");
        return Mono.deferContextual(context -> {
            try (var _ = CONTEXTS.setThreadLocalsFrom(context);
                    var _ = MDC.putCloseable("correlation_id", "checkout-42")) {
                LOG.info("Found {} for you", request.pathVariable("userid"));
            }
            return ServerResponse.ok().bodyValue("found");
        });
    }
}
