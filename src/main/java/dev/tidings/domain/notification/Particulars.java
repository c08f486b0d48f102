package dev.tidings.domain.notification;

import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What stays true of a notification for all its life. Names a person by the caller's id only.
 *
 * @param expiresAt from when on it is of no use to anybody any more; absent when it never is
 */
public record Particulars(
        ServiceId serviceId,
        @Nullable UserId userId,
        NotificationType type,
        Channel channel,
        Lane lane,
        @Nullable TemplateRef template,
        Instant requestedAt,
        @Nullable Instant expiresAt) {

    boolean isExpired(Instant at) {
        return expiresAt != null && !at.isBefore(expiresAt);
    }
}
