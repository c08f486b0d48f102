package dev.tidings.adapters.operations;

import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Counts the bytes of the body. */
final class CountedResponse extends ServerHttpResponseDecorator {

    private final AtomicLong streamed = new AtomicLong();

    CountedResponse(ServerHttpResponse response) {
        super(response);
    }

    /** A body that comes in one piece has its length in the headers already. */
    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        return super.writeWith(body instanceof Mono ? body : Flux.from(body).doOnNext(this::count));
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        return super.writeAndFlushWith(
                Flux.from(body).map(part -> Flux.<DataBuffer>from(part).doOnNext(this::count)));
    }

    private void count(DataBuffer part) {
        streamed.addAndGet(part.readableByteCount());
    }

    long bytes() {
        return Math.max(streamed.get(), getHeaders().getContentLength());
    }
}
