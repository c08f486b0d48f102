package dev.tidings.domain.notification;

import dev.tidings.domain.category.Category;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.category.RecipientLimit;
import dev.tidings.domain.notification.Finding.Rule;
import dev.tidings.domain.notification.Finding.Verdict;
import dev.tidings.domain.preferences.NotificationPreferences;
import dev.tidings.domain.recipient.Suppression;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a notification may be sent. Asks every rule, so that the timeline can show them all. */
public final class DeliveryPolicy {

    private DeliveryPolicy() {}

    /**
     * What the rules look at.
     *
     * @param duplicateOf the notification with the same message to the same address, accepted so recently that another
     *     one would be a copy; absent when there is none, or the caller doesn't mind
     * @param suppression of the address; absent when it isn't suppressed
     */
    public record Circumstances(
            Category category,
            NotificationPreferences preferences,
            @Nullable NotificationId duplicateOf,
            @Nullable Suppression suppression) {}

    public static List<Finding> examine(Circumstances circumstances) {
        return List.of(
                preference(circumstances.category(), circumstances.preferences()),
                duplicate(circumstances),
                suppression(circumstances.category().switchable(), circumstances.suppression()));
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

    /** What must not be switched off goes also to somebody who has only had enough of the rest. */
    public static Finding suppression(boolean switchable, @Nullable Suppression suppression) {
        if (suppression == null) {
            return new Finding(Rule.SUPPRESSION, "the address isn't suppressed", Verdict.SEND);
        }
        boolean stops = switchable || suppression.reason().stopsEverything();
        return new Finding(
                Rule.SUPPRESSION,
                "the address is suppressed: " + suppression.reason().name().toLowerCase(Locale.ROOT) + ", by "
                        + suppression.source() + ", since " + suppression.since()
                        + (stops ? "" : "; that doesn't hold for what can't be switched off"),
                stops ? Verdict.SUPPRESS : Verdict.SEND);
    }

    /** @param isRoom whether one more is not one too many */
    public static Finding recipientLimit(NotificationType type, RecipientLimit limit, boolean isRoom) {
        String rule = "at most " + limit.most() + " of " + type + " to one address in " + limit.within();
        return isRoom
                ? new Finding(Rule.RECIPIENT_LIMIT, rule + ", and this is one of them", Verdict.SEND)
                : new Finding(Rule.RECIPIENT_LIMIT, rule + ", and it has had them", Verdict.SUPPRESS);
    }

    private static Finding duplicate(Circumstances circumstances) {
        NotificationId first = circumstances.duplicateOf();
        return first == null
                ? new Finding(Rule.DUPLICATE, "no recent copy", Verdict.SEND)
                : new Finding(Rule.DUPLICATE, "a copy of " + first, Verdict.SUPPRESS);
    }
}
