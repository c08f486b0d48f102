package dev.tidings.application.reports;

import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.ReportedStage;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.SuppressionReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a provider says in a callback that is known to come from it. */
public sealed interface ProviderNews {

    /**
     * How far a message has come. May come more than once, late, out of order, and before we know that the provider has
     * the message.
     *
     * @param providerMessageId the provider's id of the message, as {@code SendOutcome.Accepted} has it
     * @param sent what was sent, where the provider gave back what we gave it; both or either of the two ids is there
     * @param failure why it did not arrive; absent where it did
     * @param suppress what is to be thought of the address from now on; absent when nothing is wrong with it
     */
    record DeliveryReport(
            @Nullable String providerMessageId,
            @Nullable Sent sent,
            ReportedStage stage,
            @Nullable Failure failure,
            @Nullable SuppressionReason suppress,
            Instant at)
            implements ProviderNews {

        public DeliveryReport {
            if (providerMessageId == null && sent == null) {
                throw new IllegalArgumentException("a report must say of which message it is");
            }
        }
    }

    /** @param attempt from 1; 0 when it isn't known: the last that may have arrived */
    record Sent(NotificationId notificationId, int attempt) {}

    /** A person wants nothing any more by this channel, or there is nobody. */
    record Unreachable(Channel channel, Address address, SuppressionReason reason, Instant at)
            implements ProviderNews {}

    /** A person who had {@linkplain SuppressionReason#OPTED_OUT opted out} wants to be told again. */
    record ReachableAgain(Channel channel, Address address, Instant at) implements ProviderNews {}
}
