package dev.tidings.adapters.sandbox;

import dev.tidings.adapters.sandbox.SandboxMessages.Report;
import dev.tidings.application.delivery.MessageProvider;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.notification.ReportedStage;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.SuppressionReason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Takes every message of one channel, and sends none. */
final class SandboxProvider implements MessageProvider {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxProvider.class);
    private static final int CONCURRENCY = 64;

    private final Channel channel;
    private final SandboxMessages messages;
    private final SandboxSettings settings;
    private final InstantSource clock;
    private final CountDownLatch closing;

    /** @param closing whoever hangs is let go when it reaches zero */
    SandboxProvider(
            Channel channel,
            SandboxMessages messages,
            SandboxSettings settings,
            InstantSource clock,
            CountDownLatch closing) {
        this.channel = channel;
        this.messages = messages;
        this.settings = settings;
        this.clock = clock;
        this.closing = closing;
    }

    @Override
    public ProviderName name() {
        return SandboxMessages.providerOf(channel);
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public int concurrency() {
        return CONCURRENCY;
    }

    @Override
    public boolean reaches(Address address) {
        return true;
    }

    @Override
    public boolean isSandbox() {
        return true;
    }

    @Override
    public SendOutcome send(OutgoingMessage message) {
        Optional<Behaviour> behaviour = Simulator.behaviourOf(message.recipient());
        return behaviour.isEmpty() ? taken(message, null) : played(message, behaviour.get());
    }

    private SendOutcome played(OutgoingMessage message, Behaviour behaviour) {
        return switch (behaviour) {
            case Behaviour.Delivered _ -> taken(message, report(ReportedStage.DELIVERED, settings.reportAfter()));
            case Behaviour.Late late -> taken(message, report(ReportedStage.DELIVERED, late.delay()));
            case Behaviour.Bounced _ -> taken(message, report(ReportedStage.BOUNCED, settings.reportAfter()));
            case Behaviour.Failed _ -> new SendOutcome.FailedForGood(simulated("failed", "fails for good"));
            case Behaviour.Gone _ -> new SendOutcome.RecipientGone(simulated("gone", "is gone"), whyGone());
            case Behaviour.Hanging _ -> hung();
            case Behaviour.Flaky flaky ->
                message.attempt() > flaky.times()
                        ? taken(message, report(ReportedStage.DELIVERED, settings.reportAfter()))
                        : new SendOutcome.FailedForNow(
                                simulated("flaky", "fails for now, " + flaky.times() + " times"), Duration.ZERO);
        };
    }

    private Report report(ReportedStage stage, Duration after) {
        Instant due = clock.instant().plus(after);
        return new Report(stage, due);
    }

    private SuppressionReason whyGone() {
        return channel == Channel.PUSH ? SuppressionReason.GONE : SuppressionReason.OPTED_OUT;
    }

    private SendOutcome taken(OutgoingMessage message, @Nullable Report report) {
        try {
            return new SendOutcome.Accepted(messages.keep(channel, message, report, clock.instant()));
        } catch (DataAccessException e) {
            LOG.warn("The sandbox can't keep notification {}: {}", message.notificationId(), e.getMessage());
            return new SendOutcome.ProviderDown(new Failure("unreachable", "the sandbox can't keep messages now"));
        }
    }

    private SendOutcome hung() {
        Failure failure = simulated("timeout", "never answers");
        try {
            var _ = closing.await(settings.hangFor().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new SendOutcome.Unknown(failure);
    }

    private static Failure simulated(String code, String what) {
        return new Failure(code, "simulated: this recipient " + what);
    }
}
