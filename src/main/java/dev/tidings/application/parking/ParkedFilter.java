package dev.tidings.application.parking;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the parked messages are meant; what is absent, or empty, excludes none.
 *
 * @param reasonCode why it was parked
 * @param from parked then or later
 * @param to parked before
 */
public record ParkedFilter(
        Set<String> ids,
        @Nullable String reasonCode,
        @Nullable String type,
        @Nullable String service,
        @Nullable String queue,
        @Nullable Instant from,
        @Nullable Instant to) {

    public static final ParkedFilter ALL = new ParkedFilter(Set.of(), null, null, null, null, null, null);

    public ParkedFilter {
        ids = Set.copyOf(ids);
    }

    public static ParkedFilter only(String id) {
        return new ParkedFilter(Set.of(id), null, null, null, null, null, null);
    }

    boolean matches(ParkedMessage message) {
        return (ids.isEmpty() || ids.contains(message.id()))
                && isOrAny(reasonCode, message.reasonCode())
                && isOrAny(type, message.type())
                && isOrAny(service, message.service())
                && isOrAny(queue, message.queue())
                && isWithin(message.parkedAt());
    }

    private static boolean isOrAny(@Nullable String wanted, @Nullable String actual) {
        return wanted == null || wanted.equals(actual);
    }

    private boolean isWithin(@Nullable Instant parkedAt) {
        return (from == null || (parkedAt != null && !parkedAt.isBefore(from)))
                && (to == null || (parkedAt != null && parkedAt.isBefore(to)));
    }
}
