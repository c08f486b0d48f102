package dev.tidings.adapters.rest;

import dev.tidings.application.Fields;
import dev.tidings.domain.category.Categories;
import dev.tidings.domain.category.Category;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.preferences.NotificationPreferences;
import dev.tidings.domain.preferences.NotificationPreferences.Choice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What people may choose, and what their choices come to. */
@Component
final class PreferenceChoices {

    static final String FIELD = "preferences";

    private final Categories categories;

    PreferenceChoices(Categories categories) {
        this.categories = categories;
    }

    /** Complains about each type that doesn't exist or that can't be switched off. */
    Map<NotificationType, Boolean> from(Map<String, Boolean> given, Fields fields) {
        Map<NotificationType, Boolean> choices = new TreeMap<>();
        given.forEach((name, on) -> {
            String field = FIELD + "." + name;
            Optional<Category> category = named(name);
            if (category.isEmpty()) {
                fields.wrong(field, "is unknown; known are " + names(_ -> true));
            } else if (!on && !category.get().switchable()) {
                fields.wrong(field, "can't be switched off; those that can are " + names(Category::switchable));
            } else {
                choices.put(category.get().type(), on);
            }
        });
        return choices;
    }

    private Optional<Category> named(String name) {
        return categories.all().stream()
                .filter(category -> category.type().value().equals(name))
                .findAny();
    }

    private String names(Predicate<Category> which) {
        return categories.all().stream()
                .filter(which)
                .map(category -> category.type().value())
                .collect(Collectors.joining(", "));
    }

    /** For every type: whether the person will be told. */
    Map<String, Boolean> effective(NotificationPreferences preferences) {
        Map<String, Boolean> effective = new TreeMap<>();
        categories
                .all()
                .forEach(category -> effective.put(
                        category.type().value(),
                        !category.switchable() || preferences.choiceOf(category.type()) != Choice.OFF));
        return effective;
    }

    List<String> switchable() {
        return categories.all().stream()
                .filter(Category::switchable)
                .map(category -> category.type().value())
                .toList();
    }
}
