package dev.tidings.application.notification;

import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.recipient.Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the events don't hold: to whom, and which words. Deleted when a person is erased. */
public interface NotificationContents {

    void add(List<Content> contents);

    /** @param provider the only one that may have it; any when absent */
    record Content(
            NotificationId notificationId,
            ServiceId serviceId,
            NotificationType type,
            Address recipient,
            @Nullable String recipientName,
            Message message,
            @Nullable ProviderName provider) {}
}
