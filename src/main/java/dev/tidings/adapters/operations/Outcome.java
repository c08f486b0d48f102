package dev.tidings.adapters.operations;

import java.util.Locale;

/** What came of a notification, or of an attempt that is not its last. */
enum Outcome {
    SENT,
    FAILED,
    SUPPRESSED,
    RETRYING,
    POSTPONED,
    UNKNOWN,
    SCHEDULED,
    CANCELLED,
    EXPIRED,
    REDRIVEN,
    RESOLVED,
    FAILED_OVER,
    DELIVERED,
    READ,
    BOUNCED,
    COMPLAINED;

    static Outcome of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
