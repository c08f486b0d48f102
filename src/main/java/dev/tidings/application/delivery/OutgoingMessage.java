package dev.tidings.application.delivery;

import dev.tidings.application.notification.Message;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.recipient.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * A message that this process has claimed and must now try to send.
 *
 * @param attempt the number under which the claim is on record, from 1
 */
public record OutgoingMessage(
        NotificationId notificationId,
        int attempt,
        Lane lane,
        RequestContext context,
        EmailAddress recipient,
        @Nullable String recipientName,
        Message message) {}
