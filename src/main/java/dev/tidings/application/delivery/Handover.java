package dev.tidings.application.delivery;

import dev.tidings.domain.notification.Detour;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.notification.SendOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of trying to give a message to one of a channel's providers. */
sealed interface Handover {

    /**
     * @param provider who had the last word; absent when nobody was asked
     * @param detours who was asked in vain before, or could not even be asked
     * @param reportsLater whether that provider will say more of it
     */
    record Made(
            @Nullable ProviderName provider,
            SendOutcome outcome,
            Instant startedAt,
            List<Detour> detours,
            boolean reportsLater)
            implements Handover {}

    /** Everybody's limit is used up for a moment. */
    record NotYet(Duration pause) implements Handover {}
}
