package dev.tidings.application.announcements;

import dev.tidings.application.announcements.Announcement.NotificationPreferencesCreated;
import dev.tidings.application.announcements.Announcement.NotificationPreferencesUpdated;
import dev.tidings.application.announcements.Announcements.Addressed;
import dev.tidings.application.commit.LogProcessor;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.NotificationEvent.AttemptRecorded;
import dev.tidings.domain.notification.NotificationEvent.NotificationFailed;
import dev.tidings.domain.notification.NotificationEvent.NotificationSent;
import dev.tidings.domain.preferences.PreferencesEvent;
import dev.tidings.domain.preferences.PreferencesEvent.PreferencesChanged;
import dev.tidings.domain.preferences.PreferencesEvent.PreferencesCreated;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Those who listen are told when a notification was sent or has failed, and when preferences change. */
public final class WhenSomethingSettlesThenAnnounce implements LogProcessor {

    public static final String PROCESSOR = "announcements";

    private final Announcements announcements;

    public WhenSomethingSettlesThenAnnounce(Announcements announcements) {
        this.announcements = announcements;
    }

    @Override
    public String name() {
        return PROCESSOR;
    }

    @Override
    public boolean callsOutside() {
        return true;
    }

    @Override
    public void process(List<Logged> batch) {
        List<Addressed> addressed = new ArrayList<>();
        for (Logged logged : batch) {
            Announcement announcement = announcementOf(logged.event());
            if (announcement != null) {
                addressed.add(new Addressed(logged.eventId(), announcement, RequestContext.of(logged.metadata())));
            }
        }
        if (!addressed.isEmpty()) {
            announcements.publish(List.copyOf(addressed));
        }
    }

    /** Absent if it is told to nobody. */
    private static @Nullable Announcement announcementOf(Object event) {
        return switch (event) {
            case NotificationSent e -> announcementOf(e);
            case NotificationFailed e -> announcementOf(e);
            case PreferencesEvent e -> announcementOf(e);
            default -> null;
        };
    }

    static Announcement announcementOf(NotificationSent e) {
        return new Announcement.NotificationSent(
                e.notificationId().toString(),
                userid(e),
                e.particulars().type().value(),
                channel(e),
                provider(e),
                e.providerMessageId(),
                e.attempt(),
                e.at());
    }

    static Announcement announcementOf(NotificationFailed e) {
        return new Announcement.NotificationFailed(
                e.notificationId().toString(),
                userid(e),
                e.particulars().type().value(),
                channel(e),
                provider(e),
                e.failure().code() + ": " + e.failure().detail(),
                e.attempt(),
                e.at());
    }

    static Announcement announcementOf(PreferencesEvent event) {
        return switch (event) {
            case PreferencesCreated e ->
                new NotificationPreferencesCreated(
                        e.preferencesId().userId().value(), preferences(e.choices()), e.at());
            case PreferencesChanged e ->
                new NotificationPreferencesUpdated(
                        e.preferencesId().userId().value(), preferences(e.choices()), e.at());
        };
    }

    private static Map<String, Boolean> preferences(Map<NotificationType, Boolean> choices) {
        Map<String, Boolean> byName = new TreeMap<>();
        choices.forEach((type, on) -> byName.put(type.value(), on));
        return byName;
    }

    private static @Nullable String userid(AttemptRecorded event) {
        return event.particulars().userId() == null
                ? null
                : event.particulars().userId().value();
    }

    private static @Nullable String provider(AttemptRecorded event) {
        return event.provider() == null ? null : event.provider().value();
    }

    private static String channel(AttemptRecorded event) {
        return event.particulars().channel().name().toLowerCase(Locale.ROOT);
    }
}
