package dev.tidings.adapters.rest;

import java.time.DateTimeException;
import java.time.Instant;

/** Times as callers write them (RFC 3339). */
final class Times {

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private Times() {}

    static Instant parse(String text) {
        try {
            Instant instant = Instant.parse(text);
            if (!instant.isBefore(EARLIEST) && !instant.isAfter(LATEST)) {
                return instant;
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("must be a time such as 2026-01-31T12:00:00Z (RFC 3339)", e);
        }
        throw new IllegalArgumentException("must be in a year from 1970 to 9999");
    }
}
