package dev.tidings.application.acceptance;

import dev.tidings.domain.notification.NotificationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What was accepted for whom a moment ago, so that a copy of it can be told. */
public interface RecentMessages {

    /**
     * Notes these, in this transaction, as the first of their kind. Waits for a transaction that is noting the same.
     *
     * @param claims each fingerprint at most once
     * @return for each that is a copy: of which notification. What was not sent and never will be has no copies
     */
    Map<Fingerprint, NotificationId> claim(List<Claim> claims, Instant now);

    /** @param until from when on the same message is no copy any more */
    record Claim(Fingerprint fingerprint, NotificationId notificationId, Instant until) {}

    /** Forgets some whose time is over; yields how many, at most {@code limit}. */
    int forget(Instant now, int limit);
}
