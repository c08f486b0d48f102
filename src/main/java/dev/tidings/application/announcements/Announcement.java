package dev.tidings.application.announcements;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is told, as a published contract: a field may be added, none is changed or taken away. */
public sealed interface Announcement {

    record NotificationSent(
            String notificationId,
            @Nullable String userid,
            String notificationType,
            String channel,
            @Nullable String provider,
            @Nullable String providerMessageId,
            int attempts,
            Instant sentAt)
            implements Announcement {}

    record NotificationFailed(
            String notificationId,
            @Nullable String userid,
            String notificationType,
            String channel,
            @Nullable String provider,
            String reason,
            int attempts,
            Instant failedAt)
            implements Announcement {}

    record NotificationPreferencesCreated(String userid, Map<String, Boolean> preferences, Instant createdAt)
            implements Announcement {}

    /** Only what has changed. */
    record NotificationPreferencesUpdated(String userid, Map<String, Boolean> preferences, Instant updatedAt)
            implements Announcement {}
}
