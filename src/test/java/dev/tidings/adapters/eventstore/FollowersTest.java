package dev.tidings.adapters.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.application.announcements.Announcement.NotificationPreferencesCreated;
import dev.tidings.application.announcements.Announcements.Addressed;
import dev.tidings.application.doubles.InMemoryAnnouncements;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.application.preferences.ManagePreferences;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.recipient.UserId;
import dev.tidings.testing.ScriptedOutside;
import dev.tidings.testing.TidingsHere;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FollowersTest {

    private static final RequestContext SHOP = new RequestContext(new ServiceId("shop"), "c-1", null);

    @Test
    void what_the_broker_did_not_take_is_announced_when_it_is_back() {
        try (TidingsHere tidings = TidingsHere.started(Map.of(), ScriptedOutside.class)) {
            InMemoryAnnouncements broker = tidings.get(InMemoryAnnouncements.class);
            broker.goDown();
            tidings.get(ManagePreferences.class).create(new UserId("ada"), null, Map.of(), SHOP);
            await().atMost(Duration.ofSeconds(20)).until(() -> broker.calls() > 0);
            broker.comeBack();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(broker.published())
                            .singleElement()
                            .extracting(Addressed::announcement)
                            .isInstanceOf(NotificationPreferencesCreated.class));
        }
    }
}
