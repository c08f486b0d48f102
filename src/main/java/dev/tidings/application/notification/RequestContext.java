package dev.tidings.application.notification;

import dev.tidings.domain.access.ServiceId;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is asking, and in the course of what.
 *
 * @param correlationId as the caller gave it, at most 128 printable characters
 * @param traceparent W3C Trace Context, 3.2
 */
public record RequestContext(
        ServiceId serviceId,
        @Nullable String correlationId,
        @Nullable String traceparent) {

    public static final String SERVICE_ID = "serviceId";
    public static final String CORRELATION_ID = "correlationId";
    /** Not "traceparent": under that name Axon notes the span in which it handles the message. */
    public static final String TRACEPARENT = "callerTraceparent";

    public static RequestContext of(Map<String, ?> metadata) {
        return new RequestContext(
                new ServiceId(String.valueOf(metadata.get(SERVICE_ID))), (String) metadata.get(CORRELATION_ID), (String)
                        metadata.get(TRACEPARENT));
    }

    /** As it is kept with every event. */
    public Map<String, String> metadata() {
        Map<String, String> metadata = new TreeMap<>();
        metadata.put(SERVICE_ID, serviceId.value());
        if (correlationId != null) {
            metadata.put(CORRELATION_ID, correlationId);
        }
        if (traceparent != null) {
            metadata.put(TRACEPARENT, traceparent);
        }
        return metadata;
    }
}
