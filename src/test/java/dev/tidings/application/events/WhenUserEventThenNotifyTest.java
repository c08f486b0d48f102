package dev.tidings.application.events;

import static dev.tidings.application.doubles.Drafts.CONTEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidings.application.InvalidInput;
import dev.tidings.application.acceptance.Receipt;
import dev.tidings.application.acceptance.SourceMessages.SourceMessage;
import dev.tidings.application.doubles.SampleEvents;
import dev.tidings.application.doubles.TidingsInMemory;
import dev.tidings.application.events.UserEvent.PasswordResetRequested;
import dev.tidings.application.events.UserEvent.UserEmailVerificationRequested;
import dev.tidings.application.events.UserEvent.UserRegistered;
import dev.tidings.application.events.UserEvent.UserSecurityAlertRequested;
import dev.tidings.application.events.UserEvent.UserWelcomeRequested;
import dev.tidings.application.notification.NotificationContents.Content;
import dev.tidings.domain.notification.NotificationEvent.NotificationRequested;
import dev.tidings.domain.notification.Particulars;
import dev.tidings.domain.preferences.PreferencesId;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.UserId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WhenUserEventThenNotifyTest {

    private static final UserId ADA = new UserId("u-1");
    private static final EmailAddress ADDRESS = new EmailAddress("ada@example.org");

    private final TidingsInMemory tidings = new TidingsInMemory();

    @AfterEach
    void close() {
        tidings.close();
    }

    @Test
    void who_registers_is_welcomed_and_gets_preferences() {
        Receipt receipt = told(new UserRegistered(ADA, ADDRESS, "Ada"));

        assertNotification(receipt, "welcome", "sign_in_link: https://example.org/sign-in", "username: Ada");
        assertThat(tidings.events.payloads(new PreferencesId(ADA))).hasSize(1);
    }

    @Test
    void a_welcome_alone_opens_no_preferences() {
        Receipt receipt = told(new UserWelcomeRequested(ADA, ADDRESS, "Ada"));

        assertNotification(receipt, "welcome", "sign_in_link: https://example.org/sign-in", "username: Ada");
        assertThat(tidings.events.payloads(new PreferencesId(ADA))).isEmpty();
    }

    @Test
    void an_address_to_be_verified_gets_the_link_with_its_token() {
        Receipt receipt = told(new UserEmailVerificationRequested(ADA, ADDRESS, "Ada", "t/1&2"));

        assertNotification(
                receipt,
                "email_verification",
                "username: Ada",
                "verification_link: https://example.org/verify?token=t%2F1%262");
    }

    @Test
    void a_password_to_be_reset_gets_the_link_with_its_token() {
        Receipt receipt = told(new PasswordResetRequested(ADA, ADDRESS, null, "t 1"));

        assertNotification(receipt, "password_reset", "reset_link: https://example.org/reset?token=t+1");
    }

    @Test
    void a_security_alert_says_what_is_known_and_whom_to_ask() {
        Receipt receipt = told(new UserSecurityAlertRequested(
                ADA, ADDRESS, "Ada", Map.of("alert_type", "new_sign_in", "support_link", "https://evil.example")));

        assertNotification(
                receipt,
                "security_alert",
                "alert_type: new_sign_in",
                "support_link: https://example.org/support",
                "username: Ada");
    }

    @Test
    void the_same_event_told_twice_leads_to_one_notification() {
        UserEvent event = new UserWelcomeRequested(ADA, ADDRESS, "Ada");

        assertThat(told(event).notificationId()).isEqualTo(told(event).notificationId());
        assertThat(tidings.queue.all()).hasSize(1);
    }

    @Test
    void an_event_that_nothing_can_be_made_of_is_refused_at_once() {
        tidings.templates.needs("security_alert", "device");

        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> told(new UserSecurityAlertRequested(ADA, ADDRESS, null, Map.of())))
                .withMessageContaining("template_vars.device is missing");
    }

    @Test
    void every_event_leads_to_a_notification() {
        List<UserEvent> all = List.of(
                new UserRegistered(ADA, ADDRESS, "Ada"),
                new UserWelcomeRequested(ADA, ADDRESS, "Ada L."),
                new UserEmailVerificationRequested(ADA, ADDRESS, "Ada", "t"),
                new PasswordResetRequested(ADA, ADDRESS, "Ada", "t"),
                new UserSecurityAlertRequested(ADA, ADDRESS, "Ada", Map.of()));

        assertThat(all)
                .extracting(Object::getClass)
                .containsExactlyInAnyOrderElementsOf(SampleEvents.sortsOf(UserEvent.class));
        all.forEach(event -> assertThat(
                        tidings.whenUserEvent.on(event, null, CONTEXT).join())
                .isNotNull());
        assertThat(tidings.queue.all()).hasSize(all.size());
    }

    private Receipt told(UserEvent event) {
        return tidings.whenUserEvent
                .on(event, new SourceMessage(CONTEXT.serviceId(), "m-1"), CONTEXT)
                .join();
    }

    private void assertNotification(Receipt receipt, String typeAndTemplate, String... lines) {
        NotificationRequested requested = (NotificationRequested)
                tidings.events.payloads(receipt.notificationId()).getFirst();
        Particulars particulars = requested.particulars();
        assertThat(particulars.type().value()).isEqualTo(typeAndTemplate);
        assertThat(Objects.requireNonNull(particulars.template()).name()).isEqualTo(typeAndTemplate);
        assertThat(particulars.userId()).isEqualTo(ADA);
        Content content = tidings.contents.find(receipt.notificationId()).orElseThrow();
        assertThat(content.recipient()).isEqualTo(ADDRESS);
        assertThat(content.message().text().lines()).containsExactly(lines);
    }
}
