package dev.tidings.application.ledger;

import dev.tidings.application.ledger.Difference.Source;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.notification.NotificationStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What one service had accepted within one hour, counted in several places.
 *
 * @param log by the first and the latest event of each notification
 * @param missingEvents how many there must have been, by the numbers of those that there are
 * @param shown what of {@code log} the views have been told of: only that can be expected of them
 * @param views without those that they have yet to be told more of
 * @param queued rows in the delivery queue
 */
public record Sheet(
        ServiceId service, Instant hour, Tally log, long missingEvents, Tally shown, Tally views, long queued) {

    /** How many notifications the views have yet to be told more of. */
    public long behind() {
        return log.endedOrWaiting() - shown.endedOrWaiting();
    }

    public boolean isBalanced() {
        return differences().isEmpty();
    }

    public List<Difference> differences() {
        List<Difference> differences = new ArrayList<>();
        add(differences, Source.LOG, "accepted", log.endedOrWaiting(), log.accepted());
        add(differences, Source.LOG, "missing_events", 0, missingEvents);
        add(differences, Source.VIEWS, "accepted", shown.endedOrWaiting(), views.endedOrWaiting());
        Arrays.stream(NotificationStatus.values())
                .filter(NotificationStatus::isEnd)
                .forEach(status -> add(
                        differences,
                        Source.VIEWS,
                        status.name().toLowerCase(Locale.ROOT),
                        shown.ended(status),
                        views.ended(status)));
        add(differences, Source.VIEWS, "waiting", shown.waiting(), views.waiting());
        add(differences, Source.QUEUE, "waiting", log.waiting(), queued);
        return differences;
    }

    private static void add(List<Difference> differences, Source source, String figure, long expected, long found) {
        if (expected != found) {
            differences.add(new Difference(source, figure, expected, found));
        }
    }
}
