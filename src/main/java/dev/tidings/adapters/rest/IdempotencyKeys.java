package dev.tidings.adapters.rest;

import dev.tidings.application.Fields;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Gives a controller the {@link IdempotencyKey} of what it is asked to do, by either name of the header. */
final class IdempotencyKeys implements HandlerMethodArgumentResolver {

    static final String HEADER = "Idempotency-Key";
    static final String OLDER_HEADER = "X-Idempotency-Key";

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == IdempotencyKey.class;
    }

    @Override
    public Mono<Object> resolveArgument(
            MethodParameter parameter, BindingContext bindings, ServerWebExchange exchange) {
        return Mono.fromSupplier(() -> keyOf(exchange.getRequest().getHeaders()));
    }

    private static IdempotencyKey keyOf(HttpHeaders headers) {
        Fields fields = new Fields();
        List<IdempotencyKey> keys = Stream.of(HEADER, OLDER_HEADER)
                .flatMap(name -> headers.getOrEmpty(name).stream().map(given -> IdempotencyKey.of(given, name, fields)))
                .distinct()
                .toList();
        if (keys.size() > 1) {
            fields.wrong(HEADER, "must be given once, or the same each time");
        }
        fields.check();
        return keys.isEmpty() ? IdempotencyKey.NONE : keys.getFirst();
    }
}
