package dev.tidings.adapters.operations;

import io.micrometer.observation.ObservationPredicate;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

@Configuration(proxyBeanMethods = false)
class TracingConfiguration {

    @Bean
    SpanExporters spanExporters(ObjectProvider<SpanExporter> exporters) {
        return SpanExporters.of(exporters.orderedStream().map(MaskedSpans::new).toList());
    }

    /** Probes and scrapes come by the thousand, and lead nowhere. */
    @Bean
    ObservationPredicate probesAreNotTraced() {
        return (_, context) -> !(context instanceof ServerRequestObservationContext request && isProbe(request));
    }

    private static boolean isProbe(ServerRequestObservationContext request) {
        ServerHttpRequest carrier = request.getCarrier();
        String path = carrier == null ? "" : carrier.getPath().value();
        return path.startsWith("/broker/") || path.equals("/health") || path.startsWith("/health/");
    }

    @Bean
    RequestSpans requestSpans() {
        return new RequestSpans();
    }
}
