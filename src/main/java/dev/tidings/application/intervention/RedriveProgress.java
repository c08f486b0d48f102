package dev.tidings.application.intervention;

import dev.tidings.domain.notification.NotificationRefused;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a run has come.
 *
 * @param found how many it is to redrive
 * @param redriven how many of them it did
 * @param refused how many it couldn't, by reason: they had been sent meanwhile, say
 * @param faulty how many something unforeseen happened to; the log says what
 * @param endedAt absent while it is under way
 */
public record RedriveProgress(
        UUID run,
        State state,
        int found,
        int redriven,
        Map<NotificationRefused.Reason, Integer> refused,
        int faulty,
        Instant startedAt,
        @Nullable Instant endedAt) {

    public enum State {
        RUNNING,
        DONE,
        /** The node was shut down before its end. */
        STOPPED
    }
}
