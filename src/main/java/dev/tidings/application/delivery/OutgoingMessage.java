package dev.tidings.application.delivery;

import dev.tidings.application.notification.Message;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Suppression;
import org.jspecify.annotations.Nullable;

/**
 * A message that this process has claimed and must now try to send.
 *
 * @param attempt the number under which the claim is on record, from 1
 * @param only the one provider that may have it; any when absent
 */
public record OutgoingMessage(
        NotificationId notificationId,
        int attempt,
        Lane lane,
        RequestContext context,
        Address recipient,
        @Nullable String recipientName,
        Message message,
        @Nullable ProviderName only,
        LastLook lastLook) {

    /**
     * What was found when it was claimed, and may stop it.
     *
     * @param type absent where nothing was found
     * @param suppression of its address
     * @param arrived another notification that makes this one needless, since it has arrived
     */
    public record LastLook(
            @Nullable NotificationType type,
            @Nullable Suppression suppression,
            @Nullable NotificationId arrived) {

        public static final LastLook NOTHING = new LastLook(null, null, null);
    }
}
