package dev.tidings.application.delivery;

import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.ProviderName;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Under which ids providers know what we gave them: so what they say of it later can be told whose it is. */
public interface ProviderMessages {

    record Known(
            ProviderName provider, String providerMessageId, NotificationId notificationId, int attempt, Instant at) {}

    /** Adds them in the running transaction. */
    void add(List<Known> messages);

    /** By their ids, those that are known. */
    Map<String, Known> find(ProviderName provider, Collection<String> providerMessageIds);

    /** Forgets some that are older; yields how many, at most {@code limit}. */
    int forget(Instant before, int limit);
}
