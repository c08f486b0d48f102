package dev.tidings.adapters.providers.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** When a provider wants to be asked again (RFC 9110, 10.2.3): in so many seconds, or at a date. */
public final class RetryAfter {

    /** Whoever says more has hardly meant it. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private RetryAfter() {}

    /** 0 s to 24 h; zero where it says nothing that makes sense. */
    public static Duration in(HttpHeaders headers, Instant now) {
        return headers.firstValue("Retry-After")
                .map(String::strip)
                .map(value -> SECONDS.matcher(value).matches()
                        ? bounded(Duration.ofSeconds(Long.parseLong(value)))
                        : untilDate(value, now))
                .orElse(Duration.ZERO);
    }

    /** As some say it in headers of their own: the second of the epoch from which on they may be asked. */
    public static Duration untilEpochSecond(String value, Instant now) {
        return SECONDS.matcher(value).matches() || value.matches("[0-9]{10}")
                ? bounded(Duration.between(now, Instant.ofEpochSecond(Long.parseLong(value))))
                : Duration.ZERO;
    }

    private static Duration untilDate(String value, Instant now) {
        try {
            return bounded(Duration.between(now, DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from)));
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    private static Duration bounded(Duration wish) {
        if (wish.isNegative()) {
            return Duration.ZERO;
        }
        return wish.compareTo(LONGEST) < 0 ? wish : LONGEST;
    }
}
