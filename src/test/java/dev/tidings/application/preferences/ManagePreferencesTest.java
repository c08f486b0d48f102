package dev.tidings.application.preferences;

import static dev.tidings.application.doubles.Drafts.CONTEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidings.application.doubles.Outage;
import dev.tidings.application.doubles.SettableClock;
import dev.tidings.application.doubles.TidingsInMemory;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.application.preferences.Recipients.Recipient;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.preferences.NotificationPreferences;
import dev.tidings.domain.preferences.NotificationPreferences.Choice;
import dev.tidings.domain.preferences.PreferencesEvent.PreferencesChanged;
import dev.tidings.domain.preferences.PreferencesEvent.PreferencesCreated;
import dev.tidings.domain.preferences.PreferencesId;
import dev.tidings.domain.preferences.PreferencesRefused;
import dev.tidings.domain.preferences.PreferencesRefused.Reason;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.UserId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManagePreferencesTest {

    private static final UserId ADA = new UserId("ada");
    private static final PreferencesId ADAS = new PreferencesId(ADA);
    private static final EmailAddress ADDRESS = new EmailAddress("ada@example.org");
    private static final NotificationType WELCOME = new NotificationType("welcome");
    private static final NotificationType MARKETING = new NotificationType("marketing");
    private static final NotificationType SECURITY_ALERT = new NotificationType("security_alert");

    private final TidingsInMemory tidings = new TidingsInMemory();

    @AfterEach
    void close() {
        tidings.close();
    }

    @Test
    void preferences_and_the_address_are_one_commit() {
        tidings.preferences.create(ADA, ADDRESS, Map.of(MARKETING, false), CONTEXT);

        assertThat(tidings.events.payloads(ADAS))
                .containsExactly(new PreferencesCreated(ADAS, Map.of(MARKETING, false), SettableClock.START));
        assertThat(tidings.recipients.find(ADA)).contains(new Recipient(ADA, ADDRESS, null));
        assertThat(tidings.transactions.commits()).isEqualTo(1);
        assertThat(RequestContext.of(tidings.events.messages().getFirst().getMetaData()))
                .isEqualTo(CONTEXT);
    }

    @Test
    void types_left_out_keep_their_choice() {
        tidings.preferences.create(ADA, ADDRESS, Map.of(MARKETING, false), CONTEXT);

        tidings.preferences.change(ADA, null, Map.of(WELCOME, false), CONTEXT);

        assertThat(tidings.events.payloads(ADAS))
                .last()
                .isEqualTo(new PreferencesChanged(ADAS, Map.of(WELCOME, false), SettableClock.START));
        NotificationPreferences preferences = Objects.requireNonNull(
                tidings.preferencesLog.find(List.of(ADAS)).get(ADAS));
        assertThat(preferences.choiceOf(MARKETING)).isEqualTo(Choice.OFF);
        assertThat(preferences.choiceOf(WELCOME)).isEqualTo(Choice.OFF);
        assertThat(preferences.choiceOf(SECURITY_ALERT)).isEqualTo(Choice.NONE);
    }

    @Test
    void an_address_left_out_keeps_its_value() {
        tidings.preferences.create(ADA, ADDRESS, Map.of(), CONTEXT);

        tidings.preferences.change(ADA, null, Map.of(MARKETING, false), CONTEXT);

        assertThat(tidings.recipients.find(ADA)).contains(new Recipient(ADA, ADDRESS, null));
    }

    @Test
    void what_is_refused_changes_nothing() {
        assertRefused(
                () -> tidings.preferences.create(ADA, ADDRESS, Map.of(SECURITY_ALERT, false), CONTEXT),
                Reason.NOT_SWITCHABLE,
                SECURITY_ALERT);
        assertRefused(
                () -> tidings.preferences.create(ADA, ADDRESS, Map.of(new NotificationType("rumour"), true), CONTEXT),
                Reason.UNKNOWN_TYPE,
                new NotificationType("rumour"));
        assertRefused(
                () -> tidings.preferences.change(ADA, ADDRESS, Map.of(MARKETING, false), CONTEXT),
                Reason.NEVER_CREATED);

        assertThat(tidings.events.payloads()).isEmpty();
        assertThat(tidings.recipients.find(ADA)).isEmpty();
    }

    @Test
    void creating_them_twice_is_refused_only_if_the_choices_differ() {
        tidings.preferences.create(ADA, null, Map.of(MARKETING, false), CONTEXT);

        tidings.preferences.create(ADA, null, Map.of(MARKETING, false), CONTEXT);
        assertRefused(
                () -> tidings.preferences.create(ADA, null, Map.of(MARKETING, true), CONTEXT), Reason.ALREADY_CREATED);

        assertThat(tidings.events.payloads(ADAS)).hasSize(1);
    }

    @Test
    void an_outage_changes_nothing() {
        tidings.transactions.failNextCommit(new Outage());

        assertThatExceptionOfType(Outage.class)
                .isThrownBy(() -> tidings.preferences.create(ADA, ADDRESS, Map.of(MARKETING, false), CONTEXT));

        assertThat(tidings.events.payloads()).isEmpty();
        assertThat(tidings.recipients.find(ADA)).isEmpty();
    }

    private static void assertRefused(ThrowingCallable order, Reason reason, NotificationType... types) {
        assertThatExceptionOfType(PreferencesRefused.class).isThrownBy(order).satisfies(refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.types()).containsExactly(types);
        });
    }
}
