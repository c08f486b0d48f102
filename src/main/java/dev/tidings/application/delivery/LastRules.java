package dev.tidings.application.delivery;

import dev.tidings.application.delivery.OutgoingMessage.LastLook;
import dev.tidings.domain.category.Categories;
import dev.tidings.domain.category.Category;
import dev.tidings.domain.notification.DeliveryPolicy;
import dev.tidings.domain.notification.Finding;
import dev.tidings.domain.notification.Finding.Rule;
import dev.tidings.domain.notification.Finding.Verdict;
import dev.tidings.domain.notification.NotificationId;
import java.util.Optional;

/** What is asked again just before a message is sent: much may have happened since it was accepted. */
public final class LastRules {

    private final Categories categories;

    public LastRules(Categories categories) {
        this.categories = categories;
    }

    /** Why it must not be sent after all; nothing when it may be. */
    Optional<Finding> objection(OutgoingMessage message) {
        LastLook look = message.lastLook();
        NotificationId arrived = look.arrived();
        if (arrived != null) {
            return Optional.of(
                    new Finding(Rule.FALLBACK, "needless, for " + arrived + " has arrived", Verdict.SUPPRESS));
        }
        return look.suppression() == null
                ? Optional.empty()
                : Optional.of(DeliveryPolicy.suppression(isSwitchable(look), look.suppression()))
                        .filter(finding -> finding.verdict() == Verdict.SUPPRESS);
    }

    private boolean isSwitchable(LastLook look) {
        return look.type() != null
                && categories.find(look.type()).map(Category::switchable).orElse(false);
    }
}
