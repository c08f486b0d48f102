package dev.tidings.application.commit;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** How far the processors are behind the log. */
public interface ProcessorLags {

    /**
     * Of each processor that this node runs, or that nobody runs now, the age of the oldest event that it has not
     * handled; zero when there is none. Asks the log anew; may block.
     */
    Map<String, Duration> at(Instant now);
}
