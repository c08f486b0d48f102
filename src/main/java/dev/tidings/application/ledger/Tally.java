package dev.tidings.application.ledger;

import dev.tidings.domain.notification.NotificationStatus;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of what was accepted, in numbers of notifications.
 *
 * @param ended by the status that they ended in; none that {@linkplain NotificationStatus#isEnd is no end}
 * @param waiting to be sent, or for a person's decision
 */
public record Tally(long accepted, Map<NotificationStatus, Long> ended, long waiting) {

    public static final Tally NONE = new Tally(0, Map.of(), 0);

    public Tally {
        ended = Map.copyOf(ended);
    }

    public long ended(NotificationStatus status) {
        return ended.getOrDefault(status, 0L);
    }

    /** {@code count} more that stand there, {@code accepted} of which are known to have been accepted. */
    public Tally plus(NotificationStatus status, long accepted, long count) {
        if (!status.isEnd()) {
            return new Tally(this.accepted + accepted, ended, waiting + count);
        }
        Map<NotificationStatus, Long> more = new EnumMap<>(NotificationStatus.class);
        more.putAll(ended);
        more.merge(status, count, Long::sum);
        return new Tally(this.accepted + accepted, more, waiting);
    }

    public long endedOrWaiting() {
        return waiting + ended.values().stream().mapToLong(Long::longValue).sum();
    }
}
