package dev.tidings.domain.recipient;

/** Why nothing is sent to an address any more. */
public enum SuppressionReason {
    /** A provider found that there is no such address. */
    BOUNCED,
    /** The device or the browser has unsubscribed. */
    GONE,
    /** The person asked the carrier or the provider to stop, by STOP for one. */
    OPTED_OUT,
    /** The person called a message spam. */
    COMPLAINED,
    /** The person unsubscribed from what may be switched off. */
    UNSUBSCRIBED,
    /** Somebody here put it on the list. */
    MANUAL;

    /** Whether it also stops what nobody may switch off, such as a password reset. */
    public boolean stopsEverything() {
        return switch (this) {
            case BOUNCED, GONE, OPTED_OUT, MANUAL -> true;
            case COMPLAINED, UNSUBSCRIBED -> false;
        };
    }
}
