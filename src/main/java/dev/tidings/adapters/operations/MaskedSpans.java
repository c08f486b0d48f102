package dev.tidings.adapters.operations;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Takes addresses out of what leaves in traces: an exception's message may quote one. */
record MaskedSpans(SpanExporter exporter) implements SpanExporter {

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        return exporter.export(spans.stream().<SpanData>map(MaskedSpan::new).toList());
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }

    private static final class MaskedSpan extends DelegatingSpanData {

        MaskedSpan(SpanData span) {
            super(span);
        }

        @Override
        public Attributes getAttributes() {
            return masked(super.getAttributes());
        }

        @Override
        public List<EventData> getEvents() {
            return super.getEvents().stream()
                    .map(event -> EventData.create(
                            event.getEpochNanos(),
                            event.getName(),
                            masked(event.getAttributes()),
                            event.getTotalAttributeCount()))
                    .toList();
        }

        @Override
        public StatusData getStatus() {
            StatusData status = super.getStatus();
            return StatusData.create(status.getStatusCode(), PersonalData.masked(status.getDescription()));
        }

        private static Attributes masked(Attributes attributes) {
            AttributesBuilder masked = attributes.toBuilder();
            for (Map.Entry<AttributeKey<?>, Object> attribute :
                    attributes.asMap().entrySet()) {
                if (attribute.getValue() instanceof String text) {
                    masked.put(attribute.getKey().getKey(), PersonalData.masked(text));
                }
            }
            return masked.build();
        }
    }
}
