package dev.tidings.domain.notification;

import dev.tidings.domain.category.Category;
import dev.tidings.domain.notification.Finding.Rule;
import dev.tidings.domain.notification.Finding.Verdict;
import dev.tidings.domain.preferences.NotificationPreferences;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a notification may be sent. Asks every rule, so that the timeline can show them all. */
public final class DeliveryPolicy {

    private DeliveryPolicy() {}

    /**
     * What the rules look at.
     *
     * @param duplicateOf the notification with the same message to the same address, accepted so recently that another
     *     one would be a copy; absent when there is none, or the caller doesn't mind
     */
    public record Circumstances(
            Category category,
            NotificationPreferences preferences,
            @Nullable NotificationId duplicateOf) {}

    public static List<Finding> examine(Circumstances circumstances) {
        return List.of(preference(circumstances.category(), circumstances.preferences()), duplicate(circumstances));
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

    private static Finding duplicate(Circumstances circumstances) {
        NotificationId first = circumstances.duplicateOf();
        return first == null
                ? new Finding(Rule.DUPLICATE, "no recent copy", Verdict.SEND)
                : new Finding(Rule.DUPLICATE, "a copy of " + first, Verdict.SUPPRESS);
    }
}
