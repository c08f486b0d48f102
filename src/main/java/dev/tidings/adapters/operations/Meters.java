package dev.tidings.adapters.operations;

import java.util.Locale;

/** The meters' names, as dashboards and alert rules know them once Prometheus has written {@code _} for each dot. */
final class Meters {

    static final String ACCEPTED = "tidings.accepted";
    static final String OUTCOMES = "tidings.outcomes";
    static final String DUPLICATES = "tidings.duplicates";
    static final String LATENCY = "tidings.delivery.latency";
    static final String PARKED = "tidings.parked";
    static final String QUEUE_DEPTH = "tidings.queue.depth";
    static final String QUEUE_OLDEST = "tidings.queue.oldest";
    static final String PROJECTION_LAG = "tidings.projection.lag";
    static final String STANDBY_LAG = "tidings.standby.lag";
    static final String LEDGER_IMBALANCE = "tidings.ledger.imbalance";
    static final String PROVIDER_CIRCUIT = "tidings.provider.circuit";
    static final String PROVIDER_UNDER_WAY = "tidings.provider.under.way";
    static final String PART_UP = "tidings.part.up";

    private Meters() {}

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
