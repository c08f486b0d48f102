package dev.tidings.application.notification;

import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.recipient.EmailAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the events don't hold: to whom, and which words. Deleted when a person is erased. */
public interface NotificationContents {

    void add(List<Content> contents);

    record Content(
            NotificationId notificationId,
            ServiceId serviceId,
            EmailAddress recipient,
            @Nullable String recipientName,
            Message message) {}
}
