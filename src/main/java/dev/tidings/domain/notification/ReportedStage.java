package dev.tidings.domain.notification;

/** How far a message has come, by what its provider says later. */
public enum ReportedStage {
    /** The provider has it, or has passed it on. */
    ACCEPTED,
    /** It is on the person's device, or in their mailbox. */
    DELIVERED,
    READ,
    /** It will not arrive. */
    BOUNCED,
    /** The person called it spam; it has arrived for that. */
    COMPLAINED
}
