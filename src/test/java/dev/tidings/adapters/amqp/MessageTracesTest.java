package dev.tidings.adapters.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.events.UserEvent.UserRegistered;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.UserId;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageTracesTest {

    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final io.opentelemetry.api.trace.Tracer otel =
            SdkTracerProvider.builder().build().get("test");
    private final OtelTracer tracer = new OtelTracer(otel, new OtelCurrentTraceContext(), _ -> {});
    private final MessageTraces traces = new MessageTraces(
            tracer,
            new OtelPropagator(ContextPropagators.create(W3CTraceContextPropagator.getInstance()), otel),
            "general_queue");

    @Test
    void the_senders_trace_is_continued_with_a_span_of_ours() {
        try (MessageTraces.Handling handling = traces.start(incoming(TRACEPARENT))) {
            String ours = Objects.requireNonNull(handling.context().traceparent());
            assertThat(ours).startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-").isNotEqualTo(TRACEPARENT);
            assertThat(Objects.requireNonNull(tracer.currentSpan()).context().spanId())
                    .isEqualTo(ours.substring(36, 52));
            assertThat(handling.context().correlationId()).isEqualTo("c-1");
        }
        assertThat(tracer.currentSpan()).isNull();
    }

    @Test
    void a_trace_begins_here_when_the_sender_has_none() {
        try (MessageTraces.Handling handling = traces.start(incoming(null))) {
            assertThat(handling.context().traceparent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
        }
    }

    @Test
    void where_nobody_traces_the_senders_trace_is_passed_on() {
        try (MessageTraces.Handling handling =
                new MessageTraces(null, null, "general_queue").start(incoming(TRACEPARENT))) {
            assertThat(handling.context().traceparent()).isEqualTo(TRACEPARENT);
        }
    }

    private static IncomingEvent incoming(@Nullable String traceparent) {
        return new IncomingEvent(
                EventType.REGISTERED,
                new UserRegistered(new UserId("u-1"), new EmailAddress("ada@example.org"), "Ada"),
                null,
                new RequestContext(new ServiceId("users"), "c-1", traceparent));
    }
}
