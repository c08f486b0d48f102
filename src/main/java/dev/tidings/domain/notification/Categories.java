package dev.tidings.domain.notification;

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

    /** In the order of their types. */
    public SequencedCollection<Category> all() {
        return Collections.unmodifiableSequencedCollection(byType.sequencedValues());
    }
}
