package dev.tidings.simulation;

import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.domain.notification.SendOutcome;
import java.time.Instant;

/**
 * A message in the provider's hands.
 *
 * @param arrived whether the person gets it, whatever the provider says
 */
record Handover(OutgoingMessage message, Instant at, boolean arrived, SendOutcome said) {}
