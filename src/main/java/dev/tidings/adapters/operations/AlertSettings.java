package dev.tidings.adapters.operations;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * From when on somebody should look.
 *
 * @param window over which rates are judged
 * @param queueOldest by lane, how long the oldest may have been due
 * @param failureRate which part of what is given to a provider may fail for good, 0 to 1
 * @param retryRate which part of a provider's attempts may fail for now, 0 to 1
 * @param judgedFrom how many outcomes there must be before a rate means anything
 * @param standbyLag how far behind the primary the standby may be
 * @param projectionLag how far behind the log a projection may be
 * @param circuitOpen for how long a provider may fail
 */
@ConfigurationProperties("tidings.alerts")
record AlertSettings(
        Duration window,
        Map<String, Duration> queueOldest,
        double failureRate,
        double retryRate,
        int judgedFrom,
        Duration standbyLag,
        Duration projectionLag,
        @DefaultValue("5m") Duration circuitOpen) {

    private static final Duration OF_A_LANE_NOT_NAMED = Duration.ofMinutes(15);

    Duration oldest(String lane) {
        return queueOldest.getOrDefault(lane, OF_A_LANE_NOT_NAMED);
    }
}
