package dev.tidings.application.announcements;

import static dev.tidings.application.doubles.Drafts.CONTEXT;
import static dev.tidings.application.doubles.Drafts.marketing;
import static dev.tidings.application.doubles.Drafts.welcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidings.application.announcements.Announcements.Addressed;
import dev.tidings.application.doubles.Outage;
import dev.tidings.application.doubles.SettableClock;
import dev.tidings.application.doubles.TidingsInMemory;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.recipient.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WhenSomethingSettlesThenAnnounceTest {

    private static final UserId ADA = new UserId("ada");
    private static final NotificationType MARKETING = new NotificationType("marketing");
    private static final NotificationType WELCOME = new NotificationType("welcome");

    private final TidingsInMemory tidings = new TidingsInMemory();

    @BeforeEach
    void start() {
        tidings.engine.start();
    }

    @AfterEach
    void close() {
        tidings.close();
    }

    @Test
    void that_a_notification_was_sent_is_told() {
        NotificationId id = deliver();

        tidings.announce(100);

        assertThat(announcements())
                .containsExactly(new Announcement.NotificationSent(
                        id.toString(),
                        "ada",
                        "welcome",
                        "email",
                        "scripted",
                        "accepted-" + id,
                        1,
                        SettableClock.START));
    }

    @Test
    void that_a_notification_has_failed_is_told_with_the_reason() {
        tidings.provider.answer(new SendOutcome.FailedForGood(new Failure("550 5.1.1", "no such mailbox")));
        NotificationId id = deliver();

        tidings.announce(100);

        assertThat(announcements())
                .containsExactly(new Announcement.NotificationFailed(
                        id.toString(),
                        "ada",
                        "welcome",
                        "email",
                        "scripted",
                        "550 5.1.1: no such mailbox",
                        1,
                        SettableClock.START));
    }

    @Test
    void that_preferences_were_created_or_changed_is_told() {
        tidings.preferences.create(ADA, null, Map.of(MARKETING, false), CONTEXT);
        tidings.preferences.change(ADA, null, Map.of(MARKETING, false, WELCOME, false), CONTEXT);

        tidings.announce(100);

        assertThat(announcements())
                .containsExactly(
                        new Announcement.NotificationPreferencesCreated(
                                "ada", Map.of("marketing", false), SettableClock.START),
                        new Announcement.NotificationPreferencesUpdated(
                                "ada", Map.of("welcome", false), SettableClock.START));
    }

    @Test
    void what_is_under_way_is_not_told() {
        tidings.provider.answer(
                new SendOutcome.FailedForNow(new Failure("451", "busy"), Duration.ZERO),
                new SendOutcome.Unknown(new Failure("timeout", "no answer")));
        NotificationId retried = accept();
        await().until(() -> tidings.events.payloads(retried).size() == 2);
        NotificationId held = tidings.accept.accept(marketing("bob")).join().notificationId();
        await().until(() -> tidings.events.payloads(held).size() == 2);

        tidings.announce(100);

        assertThat(tidings.announcements.calls()).isZero();
    }

    @Test
    void a_batch_is_told_in_one_go_and_with_whose_it_was() {
        deliver();
        deliver();

        tidings.announce(100);

        assertThat(tidings.announcements.calls()).isEqualTo(1);
        assertThat(tidings.announcements.published())
                .hasSize(2)
                .allSatisfy(addressed -> assertThat(addressed.context()).isEqualTo(CONTEXT));
    }

    @Test
    void nothing_is_left_untold_when_a_batch_ends_with_what_is_told_to_nobody() {
        deliver();
        tidings.provider.hold();
        accept();

        tidings.announce(100);

        assertThat(tidings.announcements.published()).hasSize(1);
    }

    @Test
    void each_batch_is_told_by_itself() {
        deliver();
        deliver();

        tidings.announce(1);

        assertThat(tidings.announcements.calls()).isEqualTo(2);
        assertThat(tidings.announcements.published()).hasSize(2);
    }

    @Test
    void a_batch_that_the_broker_did_not_take_has_failed_and_is_the_same_when_told_again() {
        deliver();
        tidings.announcements.goDown();
        assertThatThrownBy(() -> tidings.announce(100)).isInstanceOf(Outage.class);
        assertThat(tidings.announcements.published()).isEmpty();

        tidings.announcements.comeBack();
        tidings.announce(100);
        tidings.announce(100);

        List<Addressed> published = tidings.announcements.published();
        assertThat(published).hasSize(2);
        assertThat(published.getFirst()).isEqualTo(published.getLast());
    }

    private NotificationId deliver() {
        NotificationId id = accept();
        await().until(() -> tidings.queue.find(id).isEmpty());
        return id;
    }

    private NotificationId accept() {
        return tidings.accept.accept(welcome("ada")).join().notificationId();
    }

    private List<Announcement> announcements() {
        return tidings.announcements.published().stream()
                .map(Addressed::announcement)
                .toList();
    }
}
