package dev.tidings.application.doubles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidings.application.acceptance.Receipt;
import dev.tidings.application.acceptance.SourceMessages.SourceMessage;
import dev.tidings.application.events.UserEvent.UserRegistered;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.notification.NotificationEvent.NotificationRequested;
import dev.tidings.domain.notification.NotificationEvent.NotificationSent;
import dev.tidings.domain.notification.NotificationStatus;
import dev.tidings.domain.preferences.PreferencesEvent.PreferencesCreated;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.UserId;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TidingsInMemoryTest {

    private static final RequestContext CONTEXT = new RequestContext(
            new ServiceId("accounts"), "c-1", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    private final TidingsInMemory tidings = new TidingsInMemory();

    @AfterEach
    void close() {
        tidings.close();
    }

    @Test
    void a_registration_opens_preferences_and_sends_a_welcome() {
        tidings.engine.start();

        Receipt receipt = register();

        await().until(() -> tidings.queue.all().isEmpty());
        assertThat(tidings.events.payloads())
                .hasExactlyElementsOfTypes(
                        PreferencesCreated.class, NotificationRequested.class, NotificationSent.class);
        assertThat(tidings.provider.received())
                .extracting(it -> it.recipient().value())
                .containsExactly("ada@example.org");
        tidings.project(100);
        assertThat(tidings.views.find(receipt.notificationId()))
                .hasValueSatisfying(it -> assertThat(it.view().status()).isEqualTo(NotificationStatus.SENT));
        tidings.announce(100);
        assertThat(tidings.announcements.published()).hasSize(2);
    }

    @Test
    void each_event_says_who_asked_and_in_the_course_of_what() {
        register();

        assertThat(tidings.events.messages())
                .isNotEmpty()
                .extracting(DomainEventMessage::getMetaData)
                .allSatisfy(metadata -> assertThat(RequestContext.of(metadata)).isEqualTo(CONTEXT));
    }

    @Test
    void what_fails_at_the_commit_leaves_nothing_behind() {
        tidings.transactions.failNextCommit(new Outage());

        assertThatThrownBy(this::register).hasRootCauseInstanceOf(Outage.class);

        assertThat(tidings.events.messages()).isEmpty();
        assertThat(tidings.queue.all()).isEmpty();
        assertThat(tidings.contents.all()).isEmpty();
        assertThat(tidings.sources.owners()).isEmpty();
        assertThat(tidings.recipients.find(new UserId("u-1"))).isEmpty();
    }

    private Receipt register() {
        return tidings.whenUserEvent
                .on(
                        new UserRegistered(new UserId("u-1"), new EmailAddress("ada@example.org"), "Ada"),
                        new SourceMessage(CONTEXT.serviceId(), "m-1"),
                        CONTEXT)
                .join();
    }
}
