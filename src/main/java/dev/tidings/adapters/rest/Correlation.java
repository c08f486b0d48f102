package dev.tidings.adapters.rest;

import io.micrometer.context.ContextRegistry;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Gives every request a correlation id, the caller's if it is usable, and answers with it. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Correlation implements WebFilter {

    static final String HEADER = "X-Correlation-ID";

    /** The name of the field in the logs. */
    static final String KEY = "correlation_id";

    private static final Pattern USABLE = Pattern.compile("[ -~]{1,128}");

    Correlation() {
        ContextRegistry.getInstance()
                .registerThreadLocalAccessor(KEY, () -> MDC.get(KEY), id -> MDC.put(KEY, id), () -> MDC.remove(KEY));
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String id = idFor(exchange.getRequest().getHeaders().getFirst(HEADER));
        exchange.getAttributes().put(KEY, id);
        exchange.getResponse().getHeaders().set(HEADER, id);
        return chain.filter(exchange).contextWrite(context -> context.put(KEY, id));
    }

    private static String idFor(@Nullable String given) {
        return given != null && !given.isBlank() && USABLE.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
    }

    static String id(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(KEY);
    }
}
