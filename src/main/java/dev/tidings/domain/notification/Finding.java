package dev.tidings.domain.notification;

/** A rule that was asked about a notification, what it saw, and what it said. */
public record Finding(Rule rule, String saw, Verdict verdict) {

    public enum Rule {
        PREFERENCES,
        /** Whether the same message was accepted for the same address a moment ago. */
        DUPLICATE,
        /** Whether nothing must be sent to the address any more. */
        SUPPRESSION,
        /** Whether another notification has arrived, and makes this one needless. */
        FALLBACK,
        /** Whether the person has got as many of the kind as they may in a while. */
        RECIPIENT_LIMIT
    }

    public enum Verdict {
        SEND,
        SUPPRESS
    }
}
