package dev.tidings.adapters.eventstore;

import dev.tidings.application.notification.RequestContext;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.List;
import java.util.function.Supplier;
import org.axonframework.messaging.Message;
import org.axonframework.tracing.NoOpSpanFactory;
import org.axonframework.tracing.Span;
import org.axonframework.tracing.SpanAttributesProvider;
import org.axonframework.tracing.SpanFactory;
import org.jspecify.annotations.Nullable;

/**
 * Axon's spans where the caller's trace is sampled, as parts of that trace, and none elsewhere. A span that nobody
 * keeps costs as much as one that is kept, and there are several for each command and event.
 */
final class SampledSpans implements SpanFactory {

    private static final TextMapGetter<Message<?>> CALLER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Message<?> message) {
            return List.of("traceparent");
        }

        @Override
        public @Nullable String get(@Nullable Message<?> message, String key) {
            return message != null && key.equals("traceparent") ? traceparent(message) : null;
        }
    };

    private final SpanFactory spans;
    private final TextMapPropagator propagator;

    SampledSpans(SpanFactory spans, TextMapPropagator propagator) {
        this.spans = spans;
        this.propagator = propagator;
    }

    /** For what belongs to no caller: the sampler decides. */
    @Override
    public Span createRootTrace(Supplier<String> name) {
        return spans.createRootTrace(name);
    }

    @Override
    public Span createHandlerSpan(Supplier<String> name, Message<?> message, boolean isChild, Message<?>... linked) {
        return ofCaller(message, () -> spans.createHandlerSpan(name, message, isChild, linked));
    }

    @Override
    public Span createDispatchSpan(Supplier<String> name, Message<?> message, Message<?>... linked) {
        return ofCaller(message, () -> spans.createDispatchSpan(name, message, linked));
    }

    @Override
    public Span createInternalSpan(Supplier<String> name) {
        return current().isSampled() ? spans.createInternalSpan(name) : NoOpSpanFactory.NoOpSpan.INSTANCE;
    }

    @Override
    public Span createInternalSpan(Supplier<String> name, Message<?> message) {
        return ofCaller(message, () -> spans.createInternalSpan(name, message));
    }

    private Span ofCaller(Message<?> message, Supplier<Span> span) {
        if (current().isValid()) {
            return current().isSampled() ? span.get() : NoOpSpanFactory.NoOpSpan.INSTANCE;
        }
        if (!isSampled(traceparent(message))) {
            return NoOpSpanFactory.NoOpSpan.INSTANCE;
        }
        try (Scope _ = propagator.extract(Context.current(), message, CALLER).makeCurrent()) {
            return span.get();
        }
    }

    /** W3C Trace Context, 3.2.2.5: the lowest bit of the two hexadecimal digits at the end. */
    private static boolean isSampled(@Nullable String traceparent) {
        return traceparent != null
                && !traceparent.isEmpty()
                && Character.digit(traceparent.charAt(traceparent.length() - 1), 16) % 2 == 1;
    }

    private static @Nullable String traceparent(Message<?> message) {
        return (String) message.getMetaData().get(RequestContext.TRACEPARENT);
    }

    private static SpanContext current() {
        return io.opentelemetry.api.trace.Span.current().getSpanContext();
    }

    @Override
    public void registerSpanAttributeProvider(SpanAttributesProvider provider) {
        spans.registerSpanAttributeProvider(provider);
    }

    @Override
    public <M extends Message<?>> M propagateContext(M message) {
        return current().isSampled() ? spans.propagateContext(message) : message;
    }
}
