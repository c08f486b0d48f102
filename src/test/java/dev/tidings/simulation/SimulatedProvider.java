package dev.tidings.simulation;

import dev.tidings.application.delivery.MessageProvider;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.recipient.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Remembers all it was given, and answers as chance will have it. */
final class SimulatedProvider implements MessageProvider {

    static final int LINES = 3;
    private static final ProviderName NAME = new ProviderName("simulated");
    private static final Failure REASON = new Failure("simulated", "by chance");

    private final RandomGenerator chance;
    final List<Handover> handovers = new ArrayList<>();
    boolean down;
    /** It may ask for patience, but says what is the case. */
    boolean kind;

    SimulatedProvider(RandomGenerator chance) {
        this.chance = chance;
    }

    Handover take(OutgoingMessage message, Instant now) {
        Handover handover = handover(message, now);
        handovers.add(handover);
        return handover;
    }

    private Handover handover(OutgoingMessage message, Instant now) {
        if (down) {
            return new Handover(message, now, false, new SendOutcome.ProviderDown(REASON));
        }
        int drawn = chance.nextInt(kind ? 70 : 100);
        if (drawn < 55) {
            return new Handover(message, now, true, new SendOutcome.Accepted("accepted-" + message.notificationId()));
        }
        if (drawn < 70) {
            return new Handover(message, now, false, new SendOutcome.FailedForNow(REASON, Duration.ZERO));
        }
        if (drawn < 78) {
            return new Handover(message, now, false, new SendOutcome.FailedForGood(REASON));
        }
        return new Handover(message, now, drawn < 90, new SendOutcome.Unknown(REASON));
    }

    List<Handover> arrived(NotificationId id) {
        return of(id).stream().filter(Handover::arrived).toList();
    }

    List<Handover> of(NotificationId id) {
        return handovers.stream()
                .filter(handover -> handover.message().notificationId().equals(id))
                .toList();
    }

    @Override
    public ProviderName name() {
        return NAME;
    }

    @Override
    public Channel channel() {
        return Channel.EMAIL;
    }

    @Override
    public int concurrency() {
        return LINES;
    }

    @Override
    public SendOutcome send(OutgoingMessage message) {
        throw new UnsupportedOperationException("messages are taken step by step");
    }
}
