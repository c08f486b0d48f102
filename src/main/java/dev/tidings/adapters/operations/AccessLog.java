package dev.tidings.adapters.operations;

import dev.tidings.application.notification.RequestContext;
import io.micrometer.context.ContextSnapshotFactory;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.util.context.ContextView;

/** One line for each HTTP request. Names the path's template, not the path: that may name a person. */
final class AccessLog implements WebFilter, Ordered {

    private static final Logger LOG = LoggerFactory.getLogger("access");
    private static final Set<String> NOT_LOGGED =
            Set.of("/broker/ping", "/broker/health/readiness", "/broker/health/liveness");
    private static final String CORRELATION_ID = "X-Correlation-ID";
    private static final String CORRELATION_ID_IN_LOG = "correlation_id";
    private static final int CLIENT_CLOSED_REQUEST = 499;

    private final ContextSnapshotFactory contexts =
            ContextSnapshotFactory.builder().build();

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!LOG.isInfoEnabled()
                || NOT_LOGGED.contains(exchange.getRequest().getPath().value())) {
            return chain.filter(exchange);
        }
        long start = System.nanoTime();
        ServerHttpResponse response = exchange.getResponse();
        CountedResponse counted = new CountedResponse(response);
        return Mono.deferContextual(context -> chain.filter(
                        exchange.mutate().response(counted).build())
                .doFinally(signal -> {
                    Runnable log = () -> log(context, exchange, counted, start, signal);
                    if (signal == SignalType.ON_ERROR && !response.isCommitted()) {
                        // Whoever turns the error into an answer comes after this.
                        response.beforeCommit(() -> Mono.fromRunnable(log));
                    } else {
                        log.run();
                    }
                }));
    }

    private void log(
            ContextView context, ServerWebExchange exchange, CountedResponse response, long start, SignalType signal) {
        String method = exchange.getRequest().getMethod().name();
        String path = pathTemplate(exchange);
        int status = status(response, signal);
        long tookMs = Duration.ofNanos(System.nanoTime() - start).toMillis();
        LoggingEventBuilder line = LOG.atInfo()
                .addKeyValue("method", method)
                .addKeyValue("path", path)
                .addKeyValue("status", status)
                .addKeyValue("took_ms", tookMs)
                .addKeyValue("bytes", response.bytes());
        Object service = exchange.getAttribute(RequestContext.SERVICE_ID);
        if (service != null) {
            line = line.addKeyValue("service_id", service.toString());
        }
        try (var _ = contexts.setThreadLocalsFrom(context);
                var _ = MDC.putCloseable(
                        CORRELATION_ID_IN_LOG, response.getHeaders().getFirst(CORRELATION_ID))) {
            line.log("{} {} {} in {} ms", method, path, status, tookMs);
        }
    }

    private static String pathTemplate(ServerWebExchange exchange) {
        PathPattern pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return pattern == null ? "unknown" : PathTemplate.readable(pattern.getPatternString());
    }

    private static int status(ServerHttpResponse response, SignalType signal) {
        @Nullable HttpStatusCode status = response.getStatusCode();
        if (signal == SignalType.CANCEL && !response.isCommitted()) {
            return CLIENT_CLOSED_REQUEST;
        }
        return status == null ? 200 : status.value();
    }

    /** Around all else: who is turned away is logged, too. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
