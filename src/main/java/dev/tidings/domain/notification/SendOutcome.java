package dev.tidings.domain.notification;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of handing a message to a provider. */
public sealed interface SendOutcome {

    /** The provider took responsibility for it. */
    record Accepted(@Nullable String providerMessageId) implements SendOutcome {}

    /** It may work later. {@code retryAfter} is the provider's wish, zero if it has none. */
    record FailedForNow(Failure failure, Duration retryAfter) implements SendOutcome {}

    /** The provider can't be used by anybody: it can't be reached, or refuses us. Nothing of the message left the house. */
    record ProviderDown(Failure failure) implements SendOutcome {}

    /** It will never work. */
    record FailedForGood(Failure failure) implements SendOutcome {}

    /** The provider may have it or not: the connection broke after the last byte, or this process died. */
    record Unknown(Failure failure) implements SendOutcome {}
}
