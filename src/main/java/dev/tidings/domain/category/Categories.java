package dev.tidings.domain.category;

import dev.tidings.domain.category.Category.WhenUnknown;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.TreeMap;

/** All types of notification that may be sent. */
public final class Categories {

    private final TreeMap<NotificationType, Category> byType = new TreeMap<>();

    public Categories(Collection<Category> categories) {
        categories.forEach(category -> byType.put(category.type(), category));
    }

    public Optional<Category> find(NotificationType type) {
        return Optional.ofNullable(byType.get(type));
    }

    /** The rules for a notification accepted earlier. If its type is gone by now: one attempt, and never a resend. */
    public Category rulesFor(NotificationType type) {
        return find(type)
                .orElseGet(() -> new Category(
                        type,
                        Lane.NORMAL,
                        true,
                        WhenUnknown.HOLD,
                        RetryPolicy.NONE,
                        Category.USUAL_PATIENCE,
                        Duration.ZERO));
    }

    /** In the order of their types. */
    public SequencedCollection<Category> all() {
        return Collections.unmodifiableSequencedCollection(byType.sequencedValues());
    }
}
