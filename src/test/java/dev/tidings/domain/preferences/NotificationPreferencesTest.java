package dev.tidings.domain.preferences;

import static dev.tidings.domain.preferences.NotificationPreferences.Choice.NONE;
import static dev.tidings.domain.preferences.NotificationPreferences.Choice.OFF;
import static dev.tidings.domain.preferences.NotificationPreferences.Choice.ON;
import static dev.tidings.domain.preferences.People.ADA;
import static dev.tidings.domain.preferences.People.AT;
import static dev.tidings.domain.preferences.People.CATEGORIES;
import static dev.tidings.domain.preferences.People.DIGEST;
import static dev.tidings.domain.preferences.People.MARKETING;
import static dev.tidings.domain.preferences.People.SECURITY_ALERT;
import static dev.tidings.domain.preferences.People.UNHEARD_OF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.preferences.NotificationPreferences.Unset;
import dev.tidings.domain.preferences.PreferencesCommand.ChangePreferences;
import dev.tidings.domain.preferences.PreferencesCommand.CreatePreferences;
import dev.tidings.domain.preferences.PreferencesCommand.OpenPreferences;
import dev.tidings.domain.preferences.PreferencesEvent.PreferencesChanged;
import dev.tidings.domain.preferences.PreferencesEvent.PreferencesCreated;
import dev.tidings.domain.preferences.PreferencesRefused.Reason;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class NotificationPreferencesTest {

    @Test
    void preferences_start_with_the_choices_that_are_given() {
        Map<NotificationType, Boolean> choices = Map.of(MARKETING, false, DIGEST, true);

        assertThat(new Unset().decide(create(choices), CATEGORIES))
                .containsExactly(new PreferencesCreated(ADA, choices, AT));
    }

    @Test
    void creating_them_again_with_the_same_choices_is_silent() {
        NotificationPreferences chosen = given(created(Map.of(MARKETING, false)));

        assertThat(chosen.decide(create(Map.of(MARKETING, false)), CATEGORIES)).isEmpty();
    }

    @Test
    void creating_them_again_with_other_choices_is_refused() {
        NotificationPreferences chosen = given(created(Map.of(MARKETING, false)));

        assertRefused(() -> chosen.decide(create(Map.of(MARKETING, true)), CATEGORIES), Reason.ALREADY_CREATED);
    }

    @Test
    void a_new_person_has_preferences_without_any_choice() {
        assertThat(new Unset().decide(new OpenPreferences(ADA, AT)))
                .containsExactly(new PreferencesCreated(ADA, Map.of(), AT));
    }

    @Test
    void a_person_who_has_chosen_already_keeps_the_choices() {
        assertThat(given(created(Map.of(MARKETING, false))).decide(new OpenPreferences(ADA, AT)))
                .isEmpty();
    }

    @Test
    void only_what_differs_is_changed() {
        NotificationPreferences chosen = given(created(Map.of(MARKETING, false, DIGEST, true)));

        assertThat(chosen.decide(change(Map.of(MARKETING, true, DIGEST, true)), CATEGORIES))
                .containsExactly(new PreferencesChanged(ADA, Map.of(MARKETING, true), AT));
    }

    @Test
    void choosing_what_is_chosen_already_is_silent() {
        NotificationPreferences chosen = given(created(Map.of(MARKETING, false)));

        assertThat(chosen.decide(change(Map.of(MARKETING, false)), CATEGORIES)).isEmpty();
        assertThat(chosen.decide(change(Map.of()), CATEGORIES)).isEmpty();
    }

    @Test
    void what_was_never_created_is_not_changed() {
        assertRefused(() -> new Unset().decide(change(Map.of(MARKETING, false)), CATEGORIES), Reason.NEVER_CREATED);
    }

    @Test
    void a_type_that_there_is_not_is_refused_and_named() {
        Map<NotificationType, Boolean> choices = Map.of(UNHEARD_OF, true, MARKETING, false);

        assertRefused(() -> new Unset().decide(create(choices), CATEGORIES), Reason.UNKNOWN_TYPE, UNHEARD_OF);
        assertRefused(
                () -> given(created(Map.of())).decide(change(choices), CATEGORIES), Reason.UNKNOWN_TYPE, UNHEARD_OF);
    }

    @Test
    void what_cannot_be_switched_off_is_refused_and_named() {
        Map<NotificationType, Boolean> choices = Map.of(SECURITY_ALERT, false, MARKETING, false);

        assertRefused(() -> new Unset().decide(create(choices), CATEGORIES), Reason.NOT_SWITCHABLE, SECURITY_ALERT);
        assertRefused(
                () -> given(created(Map.of())).decide(change(choices), CATEGORIES),
                Reason.NOT_SWITCHABLE,
                SECURITY_ALERT);
    }

    @Test
    void switching_on_what_cannot_be_switched_off_is_no_error() {
        assertThat(new Unset().decide(create(Map.of(SECURITY_ALERT, true)), CATEGORIES))
                .containsExactly(created(Map.of(SECURITY_ALERT, true)));
    }

    @Test
    void all_offending_types_are_named_in_order() {
        NotificationType another = new NotificationType("a_rumour");

        assertRefused(
                () -> new Unset().decide(create(Map.of(UNHEARD_OF, true, another, true)), CATEGORIES),
                Reason.UNKNOWN_TYPE,
                another,
                UNHEARD_OF);
    }

    @Test
    void a_type_is_on_off_or_without_a_choice() {
        NotificationPreferences chosen = given(created(Map.of(MARKETING, false, DIGEST, true)));

        assertThat(chosen.choiceOf(MARKETING)).isEqualTo(OFF);
        assertThat(chosen.choiceOf(DIGEST)).isEqualTo(ON);
        assertThat(chosen.choiceOf(SECURITY_ALERT)).isEqualTo(NONE);
        assertThat(new Unset().choiceOf(MARKETING)).isEqualTo(NONE);
    }

    @Test
    void a_change_without_a_beginning_is_a_beginning() {
        assertThat(given(new PreferencesChanged(ADA, Map.of(MARKETING, false), AT))
                        .choiceOf(MARKETING))
                .isEqualTo(OFF);
    }

    private static NotificationPreferences given(PreferencesEvent... events) {
        NotificationPreferences preferences = new Unset();
        for (PreferencesEvent event : events) {
            preferences = preferences.evolve(event);
        }
        return preferences;
    }

    private static CreatePreferences create(Map<NotificationType, Boolean> choices) {
        return new CreatePreferences(ADA, choices, AT);
    }

    private static ChangePreferences change(Map<NotificationType, Boolean> choices) {
        return new ChangePreferences(ADA, choices, AT);
    }

    private static PreferencesCreated created(Map<NotificationType, Boolean> choices) {
        return new PreferencesCreated(ADA, choices, AT);
    }

    private static void assertRefused(ThrowingCallable order, Reason reason, NotificationType... types) {
        assertThatExceptionOfType(PreferencesRefused.class).isThrownBy(order).satisfies(refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.types()).containsExactly(types);
            assertThat(refused).hasMessage(reason + (types.length == 0 ? "" : " " + List.of(types)));
        });
    }
}
