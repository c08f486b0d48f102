package dev.tidings.adapters.mail;

import dev.tidings.adapters.mail.SmtpLine.Answer;
import dev.tidings.application.delivery.MessageProvider;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.application.delivery.ProviderHealth;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.SuppressionReason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands mails to the configured relay. */
final class SmtpProvider implements MessageProvider, ProviderHealth, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SmtpProvider.class);
    private static final Duration PATIENCE_FOR_HEALTH = Duration.ofSeconds(3);
    private static final Duration SWEEP = Duration.ofSeconds(5);

    private final ProviderName name;
    private final boolean caught;
    private final MailSettings settings;
    private final InstantSource clock;
    private final MailWriter writer;
    private final Relay relay;
    private final SmtpLines lines;
    private final ScheduledThreadPoolExecutor timer;

    /** @param caught whether the relay is the embedded catcher, from which nothing goes on */
    SmtpProvider(
            ProviderName name, MailSettings settings, SSLSocketFactory trusted, boolean caught, InstantSource clock) {
        this.name = name;
        this.caught = caught;
        this.settings = settings;
        this.clock = clock;
        this.writer = new MailWriter(settings.sender(), settings.fromName(), settings.envelopeSender());
        this.timer = timer();
        this.relay = new Relay(settings, trusted, timer);
        this.lines = new SmtpLines(relay, settings, clock);
        var _ = timer.scheduleWithFixedDelay(
                lines::closeIdle, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("smtp-timer").factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    @Override
    public ProviderName name() {
        return name;
    }

    @Override
    public Channel channel() {
        return Channel.EMAIL;
    }

    @Override
    public int concurrency() {
        return settings.connections();
    }

    @Override
    public boolean isSandbox() {
        return caught;
    }

    /** Whatever a relay says later it says in a mail, under our own id. */
    @Override
    public boolean reportsLater() {
        return false;
    }

    @Override
    public SendOutcome send(OutgoingMessage message) {
        if (message.message().extras().media() != null) {
            return new SendOutcome.Unsuitable(new Failure("media", "mail is sent without pictures and documents"));
        }
        Mail mail;
        try {
            mail = writer.write(message, clock.instant());
        } catch (RuntimeException e) {
            LOG.error("Notification {} can't be written as a mail", message.notificationId(), e);
            return new SendOutcome.FailedForGood(new Failure("unwritable", "can't be written as a mail"));
        }
        try {
            return outcome(lines.deliver(mail), mail);
        } catch (CannotConnect e) {
            return new SendOutcome.ProviderDown(e.failure());
        } catch (LineBroken e) {
            return e.outcomeIsUnknown() ? new SendOutcome.Unknown(e.failure()) : forNow(e.failure());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return forNow(new Failure("interrupted", "interrupted before it was sent"));
        }
    }

    private static SendOutcome outcome(Answer answer, Mail mail) {
        Reply reply = answer.reply();
        if (answer.isAccepted()) {
            return new SendOutcome.Accepted(reply.queueId().orElse(mail.messageId()));
        }
        Failure failure = new Failure(reply.codes(), Discretion.about(mail.recipient(), reply.words()));
        if (isAboutUs(answer) && reply.isForGood()) {
            return new SendOutcome.ProviderDown(failure);
        }
        if (answer.step() == Step.RECIPIENT && reply.saysThatNobodyIsThere()) {
            return new SendOutcome.RecipientGone(failure, SuppressionReason.BOUNCED);
        }
        return reply.isForGood() ? new SendOutcome.FailedForGood(failure) : forNow(failure);
    }

    /** A sender or a login that the relay refuses is our configuration: no mail must be lost for it. */
    private static boolean isAboutUs(Answer answer) {
        return answer.step() == Step.SENDER || answer.reply().isAboutOurLogin();
    }

    private static SendOutcome forNow(Failure failure) {
        return new SendOutcome.FailedForNow(failure, Duration.ZERO);
    }

    @Override
    public Optional<String> problem() {
        try {
            SmtpLine line = relay.open(PATIENCE_FOR_HEALTH, PATIENCE_FOR_HEALTH);
            boolean alive = line.isAlive();
            line.hangUp();
            return alive ? Optional.empty() : Optional.of("the relay takes connections but doesn't answer");
        } catch (CannotConnect e) {
            return Optional.of(e.failure().code() + ": " + e.failure().detail());
        }
    }

    @Override
    public void close() {
        lines.close();
        timer.shutdownNow();
    }
}
