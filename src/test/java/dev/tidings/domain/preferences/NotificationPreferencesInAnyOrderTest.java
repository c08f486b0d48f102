package dev.tidings.domain.preferences;

import static dev.tidings.domain.preferences.People.ADA;
import static dev.tidings.domain.preferences.People.AT;
import static dev.tidings.domain.preferences.People.CATEGORIES;
import static dev.tidings.domain.preferences.People.DIGEST;
import static dev.tidings.domain.preferences.People.MARKETING;
import static dev.tidings.domain.preferences.People.SECURITY_ALERT;
import static dev.tidings.domain.preferences.People.UNHEARD_OF;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.preferences.NotificationPreferences.Chosen;
import dev.tidings.domain.preferences.NotificationPreferences.Unset;
import dev.tidings.domain.preferences.PreferencesCommand.ChangePreferences;
import dev.tidings.domain.preferences.PreferencesCommand.CreatePreferences;
import dev.tidings.domain.preferences.PreferencesCommand.OpenPreferences;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is ordered, in whatever order, what may be switched off or not. */
class NotificationPreferencesInAnyOrderTest {

    @Property
    void types_left_out_keep_their_choice(
            @ForAll("allowed") Map<NotificationType, Boolean> before,
            @ForAll("allowed") Map<NotificationType, Boolean> change) {
        NotificationPreferences preferences =
                new Unset().evolve(new PreferencesEvent.PreferencesCreated(ADA, before, AT));
        for (PreferencesEvent event : preferences.decide(new ChangePreferences(ADA, change, AT), CATEGORIES)) {
            preferences = preferences.evolve(event);
        }

        Map<NotificationType, Boolean> expected = new HashMap<>(before);
        expected.putAll(change);
        assertThat(preferences).isEqualTo(new Chosen(ADA, expected));
    }

    @Property
    void what_is_told_adds_up_to_what_is_chosen(@ForAll("orders") List<PreferencesCommand> orders) {
        Map<NotificationType, Boolean> told = new HashMap<>();
        Life life = live(orders);
        life.events.forEach(event -> told.putAll(event.choices()));

        assertThat(life.preferences).isEqualTo(life.events.isEmpty() ? new Unset() : new Chosen(ADA, told));
    }

    @Property
    void only_the_first_event_is_a_creation_and_each_change_changes_something(
            @ForAll("orders") List<PreferencesCommand> orders) {
        NotificationPreferences preferences = new Unset();
        for (PreferencesEvent event : live(orders).events) {
            assertThat(event instanceof PreferencesEvent.PreferencesCreated).isEqualTo(preferences instanceof Unset);
            NotificationPreferences next = preferences.evolve(event);
            assertThat(next).isNotEqualTo(preferences);
            preferences = next;
        }
    }

    @Property
    void what_cannot_be_switched_off_never_is(@ForAll("orders") List<PreferencesCommand> orders) {
        Life life = live(orders);

        assertThat(life.events)
                .noneMatch(event -> Boolean.FALSE.equals(event.choices().get(SECURITY_ALERT)));
        assertThat(life.preferences.choiceOf(SECURITY_ALERT)).isNotEqualTo(NotificationPreferences.Choice.OFF);
    }

    @Property
    void what_there_is_not_is_never_chosen(@ForAll("orders") List<PreferencesCommand> orders) {
        assertThat(live(orders).preferences.choiceOf(UNHEARD_OF)).isEqualTo(NotificationPreferences.Choice.NONE);
    }

    @Provide
    Arbitrary<Map<NotificationType, Boolean>> allowed() {
        return Arbitraries.maps(Arbitraries.of(MARKETING, DIGEST), Arbitraries.of(true, false));
    }

    @Provide
    Arbitrary<List<PreferencesCommand>> orders() {
        Arbitrary<Map<NotificationType, Boolean>> choices = Arbitraries.maps(
                Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(8, Arbitraries.of(MARKETING, DIGEST)),
                        net.jqwik.api.Tuple.of(2, Arbitraries.of(SECURITY_ALERT, UNHEARD_OF))),
                Arbitraries.of(true, false));
        return Arbitraries.<PreferencesCommand>oneOf(
                        choices.map(it -> new CreatePreferences(ADA, it, AT)),
                        choices.map(it -> new ChangePreferences(ADA, it, AT)),
                        Arbitraries.just(new OpenPreferences(ADA, AT)))
                .list()
                .ofMaxSize(10);
    }

    private record Life(NotificationPreferences preferences, List<PreferencesEvent> events) {}

    private static Life live(List<PreferencesCommand> orders) {
        NotificationPreferences preferences = new Unset();
        List<PreferencesEvent> events = new ArrayList<>();
        for (PreferencesCommand order : orders) {
            for (PreferencesEvent event : decide(preferences, order)) {
                preferences = preferences.evolve(event);
                events.add(event);
            }
        }
        return new Life(preferences, events);
    }

    private static List<? extends PreferencesEvent> decide(
            NotificationPreferences preferences, PreferencesCommand order) {
        try {
            return switch (order) {
                case CreatePreferences it -> preferences.decide(it, CATEGORIES);
                case ChangePreferences it -> preferences.decide(it, CATEGORIES);
                case OpenPreferences it -> preferences.decide(it);
            };
        } catch (PreferencesRefused refused) {
            return List.of();
        }
    }
}
