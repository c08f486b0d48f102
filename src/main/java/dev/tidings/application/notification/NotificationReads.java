package dev.tidings.application.notification;

import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.NotificationEvent;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.recipient.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Looks things up, without waiting on a thread: on the standby, or on the primary when the standby can't answer. */
public interface NotificationReads {

    /** Finds what was accepted a moment ago, too. */
    CompletionStage<Optional<Found>> find(NotificationId id);

    /** As {@link #find}, and never behind: whoever has just changed something sees the change. */
    CompletionStage<Optional<Found>> findNow(NotificationId id);

    /** Empty when there is no such notification. */
    CompletionStage<List<Recorded>> events(NotificationId id);

    CompletionStage<Page> list(Query query);

    /** {@code recipient} and {@code subject} are absent once the person was erased. */
    record Found(
            NotificationView view,
            RequestContext context,
            @Nullable String recipient,
            @Nullable String subject) {}

    record Recorded(NotificationEvent event, RequestContext context) {}

    /**
     * Newest first; what is absent doesn't matter.
     *
     * @param outcomeUnknown only those of which an attempt may have arrived without our knowing
     * @param before only what is older than this one, which the page before ended with
     * @param limit 1 to 200
     */
    record Query(
            @Nullable UserId userId,
            @Nullable ServiceId serviceId,
            @Nullable NotificationType type,
            @Nullable NotificationStatus status,
            @Nullable String template,
            @Nullable ProviderName provider,
            boolean outcomeUnknown,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable NotificationId before,
            int limit) {}

    record Page(List<Found> items, boolean more) {}
}
