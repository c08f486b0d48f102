package dev.tidings.adapters.eventstore;

import dev.tidings.domain.notification.NotificationEvent.NotificationRequested;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;

/**
 * The notifications that this node has just accepted to be sent at once, each with its only event: their first attempt
 * mostly ends within moments, and need not read that event back. Each is taken once. Should another node have added to
 * it meanwhile, the log refuses what is decided on it, and the next look is at the log.
 */
final class Newborn {

    /** The oldest make room: a backlog is read from the log. */
    private static final int MOST = 4_096;

    private final LinkedHashMap<String, DomainEventMessage<?>> requested = new LinkedHashMap<>();

    synchronized void add(List<? extends EventMessage<?>> committed) {
        for (EventMessage<?> event : committed) {
            if (event instanceof DomainEventMessage<?> message) {
                if (message.getPayload() instanceof NotificationRequested newborn && newborn.sendAt() == null) {
                    requested.put(message.getAggregateIdentifier(), message);
                } else {
                    requested.remove(message.getAggregateIdentifier());
                }
            }
        }
        while (requested.size() > MOST) {
            requested.pollFirstEntry();
        }
    }

    /** Those that were found, with their events. */
    synchronized Map<String, List<DomainEventMessage<?>>> take(Set<String> aggregateIds) {
        Map<String, List<DomainEventMessage<?>>> found = new HashMap<>();
        for (String id : aggregateIds) {
            DomainEventMessage<?> event = requested.remove(id);
            if (event != null) {
                found.put(id, new ArrayList<>(List.of(event)));
            }
        }
        return found;
    }
}
