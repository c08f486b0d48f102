package dev.tidings.application.announcements;

import dev.tidings.application.announcements.Announcement.NotificationPreferencesCreated;
import dev.tidings.application.announcements.Announcement.NotificationPreferencesUpdated;
import dev.tidings.application.announcements.Announcements.Addressed;
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
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/** Those who listen are told when a notification was sent or has failed, and when preferences change. */
@ProcessingGroup(WhenSomethingSettlesThenAnnounce.PROCESSOR)
public final class WhenSomethingSettlesThenAnnounce {

    public static final String PROCESSOR = "announcements";

    private static final String GATHERED = WhenSomethingSettlesThenAnnounce.class.getName();

    private final Announcements announcements;

    public WhenSomethingSettlesThenAnnounce(Announcements announcements) {
        this.announcements = announcements;
    }

    @EventHandler
    void on(NotificationSent event, EventMessage<?> message, UnitOfWork<?> batch) {
        announce(announcementOf(event), message, batch);
    }

    @EventHandler
    void on(NotificationFailed event, EventMessage<?> message, UnitOfWork<?> batch) {
        announce(announcementOf(event), message, batch);
    }

    @EventHandler
    void on(PreferencesEvent event, EventMessage<?> message, UnitOfWork<?> batch) {
        announce(announcementOf(event), message, batch);
    }

    /** Publishes at the last message of a batch: the batch's token is stored after that, once the broker has them all. */
    private void announce(Announcement announcement, EventMessage<?> message, UnitOfWork<?> batch) {
        List<Addressed> gathered = batch.root().getOrComputeResource(GATHERED, key -> new ArrayList<>());
        gathered.add(new Addressed(message.getIdentifier(), announcement, RequestContext.of(message.getMetaData())));
        if (!(batch instanceof BatchingUnitOfWork<?> several) || several.isLastMessage()) {
            announcements.publish(List.copyOf(gathered));
            gathered.clear();
        }
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
