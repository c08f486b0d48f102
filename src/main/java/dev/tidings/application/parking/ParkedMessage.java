package dev.tidings.application.parking;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that was put aside, without its body, which may hold personal data.
 *
 * @param id names it as long as it is parked; another one each time that it is
 * @param reason in words
 * @param type as its sender calls it
 * @param service that sent it
 * @param queue from which it was taken
 * @param redriven how often it was tried again
 * @param size of the body in bytes
 * @param headers of the sender
 */
public record ParkedMessage(
        String id,
        String reasonCode,
        String reason,
        @Nullable String type,
        @Nullable String service,
        @Nullable String queue,
        @Nullable String exchange,
        @Nullable String routingKey,
        @Nullable Instant parkedAt,
        int attempts,
        int redriven,
        int size,
        @Nullable String messageId,
        @Nullable String correlationId,
        Map<String, String> headers) {

    /** Whether it is known where it came from. */
    public boolean hasOrigin() {
        return queue != null || exchange != null;
    }
}
