package dev.tidings.adapters.sandbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param reportAfter how long after a message its report comes, up to a day
 * @param hangFor how long a recipient that hangs keeps us waiting, up to a day
 */
@ConfigurationProperties("tidings.sandbox")
record SandboxSettings(
        @DefaultValue("1s") Duration reportAfter,
        @DefaultValue("60s") Duration hangFor) {

    private static final Duration LONGEST = Duration.ofDays(1);

    SandboxSettings {
        requireTime("report-after", reportAfter);
        requireTime("hang-for", hangFor);
    }

    private static void requireTime(String name, Duration given) {
        if (given.isNegative() || given.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("tidings.sandbox." + name + " must be 0 to 1 d, not " + given);
        }
    }
}
