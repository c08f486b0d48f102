package dev.tidings.domain.preferences;

import static dev.tidings.domain.preferences.PreferencesRefused.Reason.ALREADY_CREATED;
import static dev.tidings.domain.preferences.PreferencesRefused.Reason.NEVER_CREATED;
import static dev.tidings.domain.preferences.PreferencesRefused.Reason.NOT_SWITCHABLE;
import static dev.tidings.domain.preferences.PreferencesRefused.Reason.UNKNOWN_TYPE;

import dev.tidings.domain.category.Categories;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.preferences.PreferencesCommand.ChangePreferences;
import dev.tidings.domain.preferences.PreferencesCommand.CreatePreferences;
import dev.tidings.domain.preferences.PreferencesCommand.OpenPreferences;
import dev.tidings.domain.preferences.PreferencesEvent.PreferencesChanged;
import dev.tidings.domain.preferences.PreferencesEvent.PreferencesCreated;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** One person's choices, by type of notification. A type without a choice is on. */
public sealed interface NotificationPreferences {

    enum Choice {
        ON,
        OFF,
        NONE
    }

    record Unset() implements NotificationPreferences {}

    record Chosen(PreferencesId id, Map<NotificationType, Boolean> choices) implements NotificationPreferences {
        public Chosen {
            choices = Map.copyOf(choices);
        }
    }

    default Choice choiceOf(NotificationType type) {
        return switch (this) {
            case Unset _ -> Choice.NONE;
            case Chosen chosen when !chosen.choices.containsKey(type) -> Choice.NONE;
            case Chosen chosen -> Boolean.TRUE.equals(chosen.choices.get(type)) ? Choice.ON : Choice.OFF;
        };
    }

    default List<PreferencesCreated> decide(CreatePreferences command, Categories categories) {
        check(command.choices(), categories);
        return switch (this) {
            case Unset _ -> List.of(new PreferencesCreated(command.preferencesId(), command.choices(), command.at()));
            case Chosen chosen when chosen.choices.equals(command.choices()) -> List.of();
            case Chosen _ -> throw new PreferencesRefused(ALREADY_CREATED, List.of());
        };
    }

    default List<PreferencesCreated> decide(OpenPreferences command) {
        return switch (this) {
            case Unset _ -> List.of(new PreferencesCreated(command.preferencesId(), Map.of(), command.at()));
            case Chosen _ -> List.of();
        };
    }

    default List<PreferencesChanged> decide(ChangePreferences command, Categories categories) {
        check(command.choices(), categories);
        return switch (this) {
            case Unset _ -> throw new PreferencesRefused(NEVER_CREATED, List.of());
            case Chosen chosen -> {
                Map<NotificationType, Boolean> changed = new TreeMap<>(command.choices());
                changed.entrySet().removeAll(chosen.choices.entrySet());
                yield changed.isEmpty()
                        ? List.of()
                        : List.of(new PreferencesChanged(chosen.id, Map.copyOf(changed), command.at()));
            }
        };
    }

    private static void check(Map<NotificationType, Boolean> choices, Categories categories) {
        refuse(choices, UNKNOWN_TYPE, type -> categories.find(type).isEmpty());
        refuse(
                choices,
                NOT_SWITCHABLE,
                type -> Boolean.FALSE.equals(choices.get(type))
                        && categories.find(type).filter(c -> !c.switchable()).isPresent());
    }

    private static void refuse(
            Map<NotificationType, Boolean> choices,
            PreferencesRefused.Reason reason,
            Predicate<NotificationType> offending) {
        List<NotificationType> types =
                choices.keySet().stream().filter(offending).sorted().toList();
        if (!types.isEmpty()) {
            throw new PreferencesRefused(reason, types);
        }
    }

    default NotificationPreferences evolve(PreferencesEvent event) {
        return switch (event) {
            case PreferencesCreated e -> new Chosen(e.preferencesId(), e.choices());
            case PreferencesChanged e -> {
                Map<NotificationType, Boolean> choices = new TreeMap<>();
                if (this instanceof Chosen chosen) {
                    choices.putAll(chosen.choices);
                }
                choices.putAll(e.choices());
                yield new Chosen(e.preferencesId(), choices);
            }
        };
    }
}
