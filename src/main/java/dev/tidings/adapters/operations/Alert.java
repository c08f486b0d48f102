package dev.tidings.adapters.operations;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;

/** Something that somebody should look at. Names and severities are those of the rules for Prometheus. */
record Alert(String name, Severity severity, Instant since, String summary, String action) {

    enum Severity {
        /** Now. */
        PAGE,
        /** Today. */
        TICKET;

        @JsonValue
        String word() {
            return Meters.word(this);
        }
    }

    /** @param subject tells alerts of one name apart */
    record Condition(String name, String subject, Severity severity, String summary, String action) {

        Alert since(Instant since) {
            return new Alert(name, severity, since, summary, action);
        }
    }
}
