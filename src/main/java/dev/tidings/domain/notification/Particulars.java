package dev.tidings.domain.notification;

import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.recipient.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What stays true of a notification for all its life. Names a person by the caller's id only. */
public record Particulars(
        ServiceId serviceId,
        @Nullable UserId userId,
        NotificationType type,
        Channel channel,
        Lane lane,
        @Nullable TemplateRef template,
        Instant requestedAt) {}
