package dev.tidings.adapters.rest;

import dev.tidings.application.Fields;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.access.ServiceId;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Gives a controller the {@link RequestContext} of what it is asked to do. */
final class RequestContexts implements HandlerMethodArgumentResolver {

    static final String SERVICE_ID = "X-Service-Id";
    static final String TRACEPARENT = "traceparent";

    private static final ServiceId DEFAULT = new ServiceId("default");

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == RequestContext.class;
    }

    @Override
    public Mono<Object> resolveArgument(
            MethodParameter parameter, BindingContext bindings, ServerWebExchange exchange) {
        return Mono.fromSupplier(() -> contextOf(exchange));
    }

    private static RequestContext contextOf(ServerWebExchange exchange) {
        Fields fields = new Fields();
        ServiceId serviceId =
                fields.optional(SERVICE_ID, exchange.getRequest().getHeaders().getFirst(SERVICE_ID), ServiceId::new);
        fields.check();
        ServiceId caller = serviceId == null ? DEFAULT : serviceId;
        exchange.getAttributes().put(RequestContext.SERVICE_ID, caller.value());
        return new RequestContext(caller, Correlation.id(exchange), traceparent(exchange));
    }

    /** The span that this request runs in, else the caller's own. */
    private static @Nullable String traceparent(ServerWebExchange exchange) {
        return ServerRequestObservationContext.findCurrent(exchange.getAttributes())
                .map(observation -> observation.<TracingContext>get(TracingContext.class))
                .map(TracingContext::getSpan)
                .map(span -> Traceparent.of(span.context()))
                .or(() -> Traceparent.given(exchange.getRequest().getHeaders().getOrEmpty(TRACEPARENT)))
                .orElse(null);
    }
}
