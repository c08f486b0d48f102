package dev.tidings.adapters.providers.twilio;

import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.notification.SendOutcome.FailedForGood;
import dev.tidings.domain.notification.SendOutcome.FailedForNow;
import dev.tidings.domain.notification.SendOutcome.ProviderDown;
import dev.tidings.domain.notification.SendOutcome.RecipientGone;
import dev.tidings.domain.notification.SendOutcome.Unsuitable;
import dev.tidings.domain.recipient.SuppressionReason;
import java.time.Duration;
import java.util.Optional;

/** Twilio's error codes (its Error and Warning Dictionary), as far as they say more than the status does. */
final class TwilioError {

    private TwilioError() {}

    static Optional<SendOutcome> outcome(int code, Failure failure, Duration retryAfter) {
        return switch (code) {
            case 20003, 20429 -> Optional.of(new ProviderDown(failure, retryAfter));
            // The region isn't switched on, the sender can't reach it, or a trial account may not.
            case 21408, 21606, 21608, 21612 -> Optional.of(new Unsuitable(failure));
            case 30004, 30005, 30006, 30007, 63016 -> Optional.of(new FailedForGood(failure));
            case 30001, 30003, 30008 -> Optional.of(new FailedForNow(failure, retryAfter));
            default -> suppression(code).map(reason -> new RecipientGone(failure, reason));
        };
    }

    /** What a code says of the number: no other one of them is certain that it is gone. */
    static Optional<SuppressionReason> suppression(int code) {
        return switch (code) {
            case 21211, 21614 -> Optional.of(SuppressionReason.BOUNCED);
            case 21610 -> Optional.of(SuppressionReason.OPTED_OUT);
            default -> Optional.empty();
        };
    }
}
