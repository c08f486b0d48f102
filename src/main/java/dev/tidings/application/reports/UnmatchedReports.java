package dev.tidings.application.reports;

import dev.tidings.application.reports.ProviderNews.DeliveryReport;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.ProviderName;
import java.time.Instant;
import java.util.List;

/** What providers said of messages that we didn't know when they said it: our own commit may have been under way. */
public interface UnmatchedReports {

    record Unmatched(ProviderName provider, DeliveryReport report) {}

    record Matched(ProviderName provider, DeliveryReport report, NotificationId notificationId, int attempt) {}

    /** Keeps them, in the running transaction; each must name the provider's id of its message. */
    void keep(List<Unmatched> reports, Instant now);

    /** Takes some out, in the running transaction, whose messages are known by now. Never waits for others. */
    List<Matched> take(int limit);

    /** Forgets some that are older; yields how many, at most {@code limit}. */
    int forget(Instant before, int limit);
}
