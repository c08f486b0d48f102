package dev.tidings.adapters.operations;

import dev.tidings.application.InvalidInput;
import dev.tidings.application.ledger.Ledger;
import dev.tidings.application.ledger.Sheet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The ledger of what was accepted lately. In a flood three hours may be more than can be counted: then it is half of
 * them, and so on, until they can be again.
 */
final class RecentLedger {

    private static final Duration LONGEST = Duration.ofHours(3);
    private static final Duration SHORTEST = Duration.ofMinutes(5);
    /** Of other nodes' clocks. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private final Ledger ledger;
    private final InstantSource clock;
    private volatile Duration span = LONGEST;

    RecentLedger(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    List<Sheet> count() {
        Duration counted = span;
        Instant now = clock.instant();
        try {
            List<Sheet> sheets = ledger.count(now.minus(counted), now.plus(AHEAD), null);
            span = shorter(counted.multipliedBy(2), LONGEST);
            return sheets;
        } catch (InvalidInput tooMuch) {
            span = counted.dividedBy(2).compareTo(SHORTEST) < 0 ? SHORTEST : counted.dividedBy(2);
            throw tooMuch;
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
