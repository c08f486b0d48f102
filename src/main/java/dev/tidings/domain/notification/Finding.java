package dev.tidings.domain.notification;

/** A rule that was asked about a notification, what it saw, and what it said. */
public record Finding(Rule rule, String saw, Verdict verdict) {

    public enum Rule {
        PREFERENCES,
        /** Whether the same message was accepted for the same address a moment ago. */
        DUPLICATE
    }

    public enum Verdict {
        SEND,
        SUPPRESS
    }
}
