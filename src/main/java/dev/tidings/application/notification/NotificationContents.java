package dev.tidings.application.notification;

import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.Reach;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the events don't hold: to whom, and which words. Deleted when a person is erased. */
public interface NotificationContents {

    void add(List<Content> contents);

    /** Where they went to; without those that were erased, or never were. */
    Map<NotificationId, Reach> reaches(Collection<NotificationId> ids);

    /** @param provider the only one that may have it; any when absent */
    record Content(
            NotificationId notificationId,
            ServiceId serviceId,
            NotificationType type,
            Channel channel,
            Address recipient,
            @Nullable String recipientName,
            Message message,
            @Nullable ProviderName provider) {}
}
