package dev.tidings.adapters.mail;

import dev.tidings.adapters.mail.SmtpLine.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps connections for the next mail: the one used last is used next, so that those nobody needs grow old. */
final class SmtpLines implements AutoCloseable {

    /** After so long without a word a connection may be dead without our knowing: relays and firewalls forget. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final Relay relay;
    private final MailSettings settings;
    private final InstantSource clock;
    private final Semaphore places;
    private final Deque<Idle> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    private record Idle(SmtpLine line, Instant since) {}

    SmtpLines(Relay relay, MailSettings settings, InstantSource clock) {
        this.relay = relay;
        this.settings = settings;
        this.clock = clock;
        this.places = new Semaphore(settings.connections());
    }

    /**
     * Hands a mail over. That a kept connection has ended meanwhile is nobody's failure: another one is opened, as long
     * as the relay can't have taken the mail. One that says nothing is not: the next would hardly say more.
     */
    Answer deliver(Mail mail) throws CannotConnect, LineBroken, InterruptedException {
        places.acquire();
        try {
            SmtpLine kept = takeIdle();
            if (kept != null) {
                try {
                    Answer answer = deliver(mail, kept);
                    if (answer.step() == Step.END || !answer.reply().endsTheConnection()) {
                        return answer;
                    }
                } catch (LineBroken e) {
                    if (e.outcomeIsUnknown() || e.waitedInVain()) {
                        throw e;
                    }
                }
            }
            return deliver(mail, open());
        } finally {
            places.release();
        }
    }

    private Answer deliver(Mail mail, SmtpLine line) throws LineBroken {
        Answer answer = line.deliver(mail);
        keep(line);
        return answer;
    }

    private @Nullable SmtpLine takeIdle() {
        for (Idle next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            Duration quiet = Duration.between(next.since, clock.instant());
            if (quiet.compareTo(settings.keepIdle()) < 0 && (quiet.compareTo(QUIET) < 0 || next.line.isAlive())) {
                return next.line;
            }
            next.line.hangUp();
        }
        return null;
    }

    private SmtpLine open() throws CannotConnect {
        if (closed) {
            throw CannotConnect.closing();
        }
        return relay.open();
    }

    private void keep(SmtpLine line) {
        if (!line.isUsable(settings.mailsPerConnection())) {
            line.hangUp();
            return;
        }
        idle.addFirst(new Idle(line, clock.instant()));
        if (closed) {
            close();
        }
    }

    /** Closes those that nobody has needed for a while. */
    void closeIdle() {
        Instant longAgo = clock.instant().minus(settings.keepIdle());
        closeIdle(each -> !each.since.isAfter(longAgo));
    }

    private void closeIdle(Predicate<Idle> which) {
        List.copyOf(idle).stream().filter(which).filter(idle::remove).forEach(each -> each.line.hangUp());
    }

    @Override
    public void close() {
        closed = true;
        closeIdle(_ -> true);
    }
}
