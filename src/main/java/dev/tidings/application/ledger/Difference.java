package dev.tidings.application.ledger;

/**
 * A figure that isn't what the log says it should be.
 *
 * @param source where it was counted
 * @param figure a status, {@code accepted}, {@code waiting} or {@code missing_events}
 */
public record Difference(Source source, String figure, long expected, long found) {

    public enum Source {
        LOG,
        VIEWS,
        QUEUE
    }

    /** By how much, in whichever direction. */
    public long size() {
        return Math.abs(found - expected);
    }
}
