package dev.tidings.adapters.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.application.announcements.Announcement.NotificationPreferencesCreated;
import dev.tidings.application.announcements.Announcements.Addressed;
import dev.tidings.application.commit.ProcessorLags;
import dev.tidings.application.doubles.InMemoryAnnouncements;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.application.preferences.ManagePreferences;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.recipient.UserId;
import dev.tidings.testing.ScriptedOutside;
import dev.tidings.testing.TidingsHere;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class FollowersTest {

    private static final RequestContext SHOP = new RequestContext(new ServiceId("shop"), "c-1", null);
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void what_the_broker_did_not_take_is_announced_when_it_is_back_and_counts_as_a_lag_meanwhile() {
        try (TidingsHere tidings = TidingsHere.started(Map.of(), ScriptedOutside.class)) {
            InMemoryAnnouncements broker = tidings.get(InMemoryAnnouncements.class);
            broker.goDown();
            tidings.get(ManagePreferences.class).create(new UserId("ada"), null, Map.of(), SHOP);
            await().atMost(Duration.ofSeconds(20)).until(() -> broker.calls() > 0);
            leaveATokenThatNobodyClaims(tidings);
            ProcessorLags lags = tidings.get(ProcessorLags.class);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(lags.at(Instant.now().plus(HOUR)))
                            .hasEntrySatisfying(
                                    "announcements", lag -> assertThat(lag).isGreaterThanOrEqualTo(HOUR))
                            .hasEntrySatisfying(
                                    "left-behind", lag -> assertThat(lag).isGreaterThanOrEqualTo(HOUR))
                            .containsEntry("notification-views", Duration.ZERO));

            broker.comeBack();

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(broker.published())
                            .singleElement()
                            .extracting(Addressed::announcement)
                            .isInstanceOf(NotificationPreferencesCreated.class));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(lags.at(Instant.now().plus(HOUR)))
                            .containsEntry("announcements", Duration.ZERO));
        }
    }

    private static void leaveATokenThatNobodyClaims(TidingsHere tidings) {
        tidings.get(JdbcTemplate.class).update("""
                insert into token_entry (processor_name, segment, token, token_type, timestamp, owner)
                select 'left-behind', 0, token, token_type, timestamp, null
                from token_entry where processor_name = 'announcements'""");
    }
}
