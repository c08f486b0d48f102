package dev.tidings.adapters.amqp;

import dev.tidings.application.notification.RequestContext;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Continues the trace that a message belongs to, where there is somebody who traces. */
final class MessageTraces {

    private final @Nullable Tracer tracer;
    private final @Nullable Propagator propagator;
    private final String queue;

    /** @param queue where the messages come from */
    MessageTraces(@Nullable Tracer tracer, @Nullable Propagator propagator, String queue) {
        this.tracer = tracer;
        this.propagator = propagator;
        this.queue = queue;
    }

    /** Must be closed by the thread that started it. */
    Handling start(Incoming incoming) {
        if (tracer == null || propagator == null) {
            return new Handling(incoming.context(), null, null);
        }
        Span span = propagator
                .extract(incoming.context(), MessageTraces::given)
                .name("process " + incoming.kind())
                .kind(Span.Kind.CONSUMER)
                .tag("messaging.system", "rabbitmq")
                .tag("messaging.destination.name", queue)
                .start();
        Map<String, String> written = new HashMap<>();
        propagator.inject(span.context(), written, (_, name, value) -> written.put(name, value));
        RequestContext context = new RequestContext(
                incoming.context().serviceId(),
                incoming.context().correlationId(),
                written.getOrDefault(Headers.TRACEPARENT, incoming.context().traceparent()));
        return new Handling(context, span, tracer.withSpan(span));
    }

    private static @Nullable String given(RequestContext context, String field) {
        return field.equals(Headers.TRACEPARENT) ? context.traceparent() : null;
    }

    record Handling(RequestContext context, @Nullable Span span, Tracer.@Nullable SpanInScope scope)
            implements AutoCloseable {

        @Override
        public void close() {
            if (scope != null) {
                scope.close();
            }
            if (span != null) {
                span.end();
            }
        }
    }
}
