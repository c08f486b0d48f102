package dev.tidings.adapters.rest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.util.context.ContextView;

/**
 * Turns requests away, before their bodies are read, while as many are in hand as Tidings can bear. A request is in hand
 * until it is answered and the work for it is done, even if its caller has gone away.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
final class InHand implements WebFilter {

    private static final String RETRY_AFTER_SECONDS = "1";

    /** Whoever looks after Tidings has to be answered just then. */
    private static final List<PathPattern> ALWAYS_ANSWERED = List.of(
            PathPatternParser.defaultInstance.parse("/broker/**"),
            PathPatternParser.defaultInstance.parse("/health/**"));

    private final int mostRequests;
    private final long mostBytes;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final Counter tooManyRequests;
    private final Counter tooManyBytes;

    InHand(
            @Value("${tidings.http.in-hand:2000}") int mostRequests,
            @Value("${tidings.http.bodies-in-hand:64MB}") DataSize mostBodies,
            MeterRegistry meters) {
        this.mostRequests = mostRequests;
        this.mostBytes = mostBodies.toBytes();
        this.tooManyRequests = turnedAway("requests", meters);
        this.tooManyBytes = turnedAway("bodies", meters);
        Gauge.builder("tidings.in.hand", requests, AtomicInteger::get)
                .description("HTTP requests that are not answered yet")
                .register(meters);
        Gauge.builder("tidings.in.hand.bodies", bytes, AtomicLong::get)
                .baseUnit("bytes")
                .description("Bodies of those, as far as they have come in")
                .register(meters);
    }

    private static Counter turnedAway(String reason, MeterRegistry meters) {
        return Counter.builder("tidings.turned.away")
                .description("HTTP requests that were turned away for want of room")
                .tag("reason", reason)
                .register(meters);
    }

    /** Keeps the request in hand until this is done, too. */
    static void holdUntilDone(ContextView context, CompletableFuture<?> work) {
        context.<Hold>getOrEmpty(Hold.class).ifPresent(hold -> {
            hold.retain();
            var _ = work.whenComplete((result, thrown) -> hold.release());
        });
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (isAlwaysAnswered(request.getPath().pathWithinApplication())) {
            return chain.filter(exchange);
        }
        return Mono.defer(() -> {
            Hold hold = new Hold();
            if (requests.get() > mostRequests) {
                hold.release();
                return Mono.error(tooBusy(tooManyRequests));
            }
            if (bytes.get() + Math.max(request.getHeaders().getContentLength(), 0) > mostBytes) {
                hold.release();
                return Mono.error(tooBusy(tooManyBytes));
            }
            return chain.filter(
                            exchange.mutate().request(counted(request, hold)).build())
                    .contextWrite(context -> context.put(Hold.class, hold))
                    .doFinally(_ -> hold.release());
        });
    }

    private static boolean isAlwaysAnswered(PathContainer path) {
        return ALWAYS_ANSWERED.stream().anyMatch(pattern -> pattern.matches(path));
    }

    private ServerHttpRequest counted(ServerHttpRequest request, Hold hold) {
        return new ServerHttpRequestDecorator(request) {
            @Override
            public Flux<DataBuffer> getBody() {
                return super.getBody().handle((buffer, sink) -> count(buffer, sink, hold));
            }
        };
    }

    private void count(DataBuffer buffer, SynchronousSink<DataBuffer> sink, Hold hold) {
        if (hold.grow(buffer.readableByteCount()) > mostBytes) {
            DataBufferUtils.release(buffer);
            sink.error(tooBusy(tooManyBytes));
        } else {
            sink.next(buffer);
        }
    }

    private static Refused tooBusy(Counter counter) {
        counter.increment();
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return new Refused(
                ProblemType.TOO_BUSY,
                "Too many requests are in hand: try again in " + RETRY_AFTER_SECONDS + " second",
                headers);
    }

    /** One request's part of what is in hand. */
    private final class Hold {

        private final AtomicInteger holders = new AtomicInteger(1);
        private final AtomicLong size = new AtomicLong();

        Hold() {
            requests.incrementAndGet();
        }

        void retain() {
            holders.incrementAndGet();
        }

        /** Yields how much there is in hand of all requests. */
        long grow(int more) {
            size.addAndGet(more);
            return bytes.addAndGet(more);
        }

        void release() {
            if (holders.decrementAndGet() == 0) {
                requests.decrementAndGet();
                bytes.addAndGet(-size.get());
            }
        }
    }
}
