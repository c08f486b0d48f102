package dev.tidings.domain.notification;

import dev.tidings.domain.recipient.SuppressionReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of handing a message to a provider. */
public sealed interface SendOutcome {

    /** The provider took responsibility for it. */
    record Accepted(@Nullable String providerMessageId) implements SendOutcome {}

    /** It may work later. {@code retryAfter} is the provider's wish, zero if it has none. */
    record FailedForNow(Failure failure, Duration retryAfter) implements SendOutcome {}

    /**
     * The provider can't be used by anybody: it can't be reached, refuses us, or has taken as much as it will for a
     * while. Nothing of the message left the house.
     *
     * @param retryAfter how long to leave it alone; zero if it didn't say
     */
    record ProviderDown(Failure failure, Duration retryAfter) implements SendOutcome {

        public ProviderDown(Failure failure) {
            this(failure, Duration.ZERO);
        }
    }

    /** This provider can't send this message, say to that country; another one may. */
    record Unsuitable(Failure failure) implements SendOutcome {}

    /** It will never work. */
    record FailedForGood(Failure failure) implements SendOutcome {}

    /** It will never work, nor will anything else that is sent there. */
    record RecipientGone(Failure failure, SuppressionReason reason) implements SendOutcome {}

    /** A rule that was asked just before it was to be sent said no: nobody got it. */
    record Withheld(Finding finding) implements SendOutcome {}

    /** The provider may have it or not: the connection broke after the last byte, or this process died. */
    record Unknown(Failure failure) implements SendOutcome {}
}
