package dev.tidings.application.acceptance;

import dev.tidings.application.delivery.DeliveryEngine;
import dev.tidings.application.delivery.DeliveryEngines;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.recipient.Channel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What of one commit this node claims for itself in that same commit: as many, by channel, as its engines have room for. */
final class Places {

    private final Map<Channel, OfChannel> byChannel = new EnumMap<>(Channel.class);

    private static final class OfChannel {

        private final DeliveryEngine engine;
        private final int reserved;
        private Instant leaseEnd = Instant.MIN;
        private final List<OutgoingMessage> claimed = new ArrayList<>();
        private int unclaimed;
        private @Nullable Lane mostUrgent;

        OfChannel(DeliveryEngine engine, List<NotificationDraft> drafts) {
            this.engine = engine;
            this.reserved = engine.reserve(drafts.stream()
                    .filter(draft -> draft.channel() == engine.channel() && draft.sendAt() == null)
                    .map(NotificationDraft::lane));
        }

        void leave(Lane lane) {
            unclaimed++;
            mostUrgent = mostUrgent == null ? lane : mostUrgent;
        }
    }

    /** Takes the places; each is used or given back in the end. */
    Places(DeliveryEngines engines, List<NotificationDraft> drafts) {
        drafts.stream()
                .map(NotificationDraft::channel)
                .distinct()
                .forEach(channel ->
                        engines.of(channel).ifPresent(engine -> byChannel.put(channel, new OfChannel(engine, drafts))));
    }

    /** What was claimed in a commit that failed is forgotten. */
    void begin() {
        byChannel.values().forEach(each -> {
            each.claimed.clear();
            each.unclaimed = 0;
            each.mostUrgent = null;
            each.leaseEnd = each.engine.leaseEnd();
        });
    }

    /**
     * For those that go out at once, the most urgent first.
     *
     * @return until when it is claimed; nothing when it is left to whoever claims it
     */
    Optional<Instant> claim(NotificationDraft draft, NotificationId id) {
        OfChannel places = byChannel.get(draft.channel());
        if (places == null) {
            return Optional.empty();
        }
        Instant sendAt = draft.sendAt();
        if (sendAt != null && places.engine.seesInTime(sendAt)) {
            return Optional.empty();
        }
        if (sendAt != null || places.claimed.size() == places.reserved) {
            places.leave(draft.lane());
            return Optional.empty();
        }
        places.claimed.add(new OutgoingMessage(
                id,
                1,
                draft.lane(),
                draft.context(),
                draft.recipient(),
                draft.recipientName(),
                draft.message(),
                draft.provider(),
                OutgoingMessage.LastLook.NOTHING));
        return Optional.of(places.leaseEnd);
    }

    /** After the commit. */
    void deliver() {
        byChannel.values().forEach(each -> {
            each.engine.deliver(each.claimed);
            each.engine.cancel(each.reserved - each.claimed.size());
            if (each.mostUrgent != null) {
                each.engine.left(each.unclaimed, each.mostUrgent);
            }
        });
    }

    void giveBack() {
        byChannel.values().forEach(each -> each.engine.cancel(each.reserved));
    }
}
