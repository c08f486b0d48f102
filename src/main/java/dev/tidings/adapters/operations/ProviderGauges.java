package dev.tidings.adapters.operations;

import dev.tidings.application.delivery.CircuitBreaker.State;
import dev.tidings.application.delivery.Roster;
import dev.tidings.application.delivery.Route;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** Gauges of each provider, as this node sees it. */
final class ProviderGauges {

    private ProviderGauges() {}

    static void register(Roster roster, MeterRegistry registry) {
        roster.routes().forEach(route -> {
            gauge(Meters.PROVIDER_CIRCUIT, "0 if closed, 1 if half open, 2 if open", route, ProviderGauges::circuit)
                    .register(registry);
            gauge(Meters.PROVIDER_UNDER_WAY, "Messages that are being sent", route, Route::underWay)
                    .register(registry);
        });
    }

    private static Gauge.Builder<Route> gauge(
            String name, String description, Route route, ToDoubleFunction<Route> value) {
        return Gauge.builder(name, route, value)
                .description(description)
                .tag("provider", route.name().value())
                .tag("channel", Meters.word(route.provider().channel()));
    }

    private static double circuit(Route route) {
        return switch (route.circuit()) {
            case State.CLOSED -> 0;
            case State.HALF_OPEN -> 1;
            case State.OPEN -> 2;
        };
    }
}
