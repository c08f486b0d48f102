package dev.tidings.adapters.providers;

import dev.tidings.adapters.providers.http.HttpResult.Answered;
import dev.tidings.adapters.providers.http.HttpResult.NotSent;
import dev.tidings.adapters.providers.http.UsualOutcomes;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import java.net.http.HttpRequest;

/** How a vendor is asked to send a message, and what its answers mean. Used by many threads at the same time. */
public interface Vendor {

    Channel channel();

    /** Whether an address of its channel, and of a person, is of the sort that it knows. */
    default boolean reaches(Address address) {
        return true;
    }

    Order order(OutgoingMessage message);

    SendOutcome outcome(Answered answer, OutgoingMessage message);

    /** What it means that nothing has left the house. */
    default SendOutcome outcome(NotSent notSent, OutgoingMessage message) {
        return UsualOutcomes.of(notSent);
    }

    sealed interface Order {

        /** Has a body: only so is it known whether any of it has left the house. */
        record Call(HttpRequest request) implements Order {}

        /** It can't even be asked for. */
        record Refused(SendOutcome outcome) implements Order {}
    }
}
