package dev.tidings.adapters.providers.http;

import dev.tidings.adapters.providers.http.HttpResult.Broken;
import dev.tidings.adapters.providers.http.HttpResult.NotSent;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.notification.SendOutcome.FailedForGood;
import dev.tidings.domain.notification.SendOutcome.FailedForNow;
import dev.tidings.domain.notification.SendOutcome.ProviderDown;
import dev.tidings.domain.notification.SendOutcome.Unknown;
import java.time.Duration;

/** What results mean where a vendor has no rule of its own. */
public final class UsualOutcomes {

    private UsualOutcomes() {}

    public static SendOutcome of(NotSent notSent) {
        return new ProviderDown(notSent.failure());
    }

    public static SendOutcome of(Broken broken) {
        return new Unknown(broken.failure());
    }

    /**
     * By the status of an answer (RFC 9110, 15). What concerns all messages alike, such as a key that isn't taken, a
     * redirect or a limit, must cost none of them a retry.
     *
     * @param retryAfter the provider's wish, zero if it has none
     */
    public static SendOutcome of(int status, Failure failure, Duration retryAfter) {
        return switch (status) {
            case 401, 403, 404, 405, 407, 429 -> new ProviderDown(failure, retryAfter);
            case 408, 425 -> new FailedForNow(failure, retryAfter);
            // A gateway that has waited in vain doesn't know what came of it.
            case 504 -> new Unknown(failure);
            default ->
                switch (status / 100) {
                    case 2 -> new Unknown(failure);
                    case 3 -> new ProviderDown(failure, retryAfter);
                    case 4 -> new FailedForGood(failure);
                    default -> new FailedForNow(failure, retryAfter);
                };
        };
    }
}
