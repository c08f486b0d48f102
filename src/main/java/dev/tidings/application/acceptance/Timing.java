package dev.tidings.application.acceptance;

import dev.tidings.application.Fields;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a notification is to go out, as the caller said it; any part may be absent.
 *
 * @param delay instead of {@code sendAt}: from now on
 * @param expiresAt when it is of no use any more
 * @param timeToLive instead of {@code expiresAt}: from the time on at which it is to go out
 */
public record Timing(
        @Nullable Instant sendAt,
        @Nullable Duration delay,
        @Nullable Instant expiresAt,
        @Nullable Duration timeToLive) {

    public static final Timing AT_ONCE = new Timing(null, null, null, null);
    public static final Duration FARTHEST = Duration.ofDays(366);

    /** From the time on at which it is to go out. */
    public static final Duration LONGEST = Duration.ofDays(3_660);

    /** Clocks differ, and a request takes a while: what was to go out a moment ago goes out now. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** What it means for a request of this moment. */
    record Resolved(@Nullable Instant sendAt, @Nullable Instant expiresAt) {}

    Resolved resolve(Instant now, Fields fields) {
        Instant start = start(now, fields);
        Instant end = end(start == null ? now : start, fields);
        if (end != null && !end.isAfter(start == null ? now : start)) {
            fields.wrong("expires_at", "must be after the time at which it is sent");
        }
        return new Resolved(start, end);
    }

    private @Nullable Instant start(Instant now, Fields fields) {
        if (sendAt != null && delay != null) {
            fields.wrong("delay_seconds", "must be absent where send_at is given");
        }
        if (sendAt == null && delay != null && delay.compareTo(FARTHEST) > 0) {
            fields.wrong("delay_seconds", "must be at most " + FARTHEST.toSeconds());
            return null;
        }
        Instant start = sendAt == null && delay != null ? now.plus(delay) : sendAt;
        if (start == null) {
            return null;
        }
        checkSendAt(start, now, sendAt == null ? "delay_seconds" : "send_at", fields);
        return start.isAfter(now) ? start : null;
    }

    /** Says what is wrong with a time at which something is to be sent. */
    public static void checkSendAt(Instant sendAt, Instant now, String field, Fields fields) {
        if (sendAt.isBefore(now.minus(TOLERANCE))) {
            fields.wrong(field, "must not lie in the past");
        }
        if (sendAt.isAfter(now.plus(FARTHEST))) {
            fields.wrong(field, "must be at most " + FARTHEST.toDays() + " days ahead");
        }
    }

    private @Nullable Instant end(Instant start, Fields fields) {
        if (expiresAt != null && timeToLive != null) {
            fields.wrong("ttl_seconds", "must be absent where expires_at is given");
        }
        if (expiresAt == null && timeToLive != null && timeToLive.compareTo(LONGEST) > 0) {
            fields.wrong("ttl_seconds", "must be at most " + LONGEST.toSeconds());
            return null;
        }
        if (expiresAt != null && expiresAt.isAfter(start.plus(LONGEST))) {
            fields.wrong("expires_at", "must be at most " + LONGEST.toDays() + " days after it is sent");
            return null;
        }
        return expiresAt == null && timeToLive != null ? start.plus(timeToLive) : expiresAt;
    }
}
