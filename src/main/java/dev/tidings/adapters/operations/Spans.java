package dev.tidings.adapters.operations;

import java.time.Duration;
import java.util.Locale;

/** Spans of time, for people: {@code 12 ms}, {@code 3.4 s}, {@code 5 min}, {@code 2 h}. */
final class Spans {

    private Spans() {}

    static String of(Duration span) {
        if (span.compareTo(Duration.ofSeconds(1)) < 0) {
            return span.toMillis() + " ms";
        }
        if (span.compareTo(Duration.ofMinutes(2)) < 0) {
            return String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1000.0);
        }
        return span.compareTo(Duration.ofHours(2)) < 0 ? span.toMinutes() + " min" : span.toHours() + " h";
    }

    static double seconds(Duration span) {
        return span.toNanos() / 1e9;
    }
}
