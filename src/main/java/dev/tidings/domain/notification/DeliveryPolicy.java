package dev.tidings.domain.notification;

import dev.tidings.domain.notification.Finding.Rule;
import dev.tidings.domain.notification.Finding.Verdict;
import dev.tidings.domain.preferences.NotificationPreferences;
import java.util.List;

/** Whether a notification may be sent. Asks every rule, so that the timeline can show them all. */
public final class DeliveryPolicy {

    private DeliveryPolicy() {}

    public static List<Finding> examine(Category category, NotificationPreferences preferences) {
        return List.of(preference(category, preferences));
    }

    private static Finding preference(Category category, NotificationPreferences preferences) {
        String type = category.type().value();
        if (!category.switchable()) {
            return new Finding(Rule.PREFERENCES, type + " can't be switched off", Verdict.SEND);
        }
        return switch (preferences.choiceOf(category.type())) {
            case ON -> new Finding(Rule.PREFERENCES, type + " is on", Verdict.SEND);
            case OFF -> new Finding(Rule.PREFERENCES, type + " is off", Verdict.SUPPRESS);
            case NONE -> new Finding(Rule.PREFERENCES, "no choice about " + type + ", on by default", Verdict.SEND);
        };
    }
}
