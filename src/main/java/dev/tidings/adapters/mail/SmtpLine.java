package dev.tidings.adapters.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.SocketException;
import java.time.Duration;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the relay. Jakarta Mail opens it, with TLS and login; how a mail is handed over is ours, because
 * what went wrong must be told from what may have gone right, and because it takes two round trips instead of four where
 * the relay lets us say several things at once (RFC 2920).
 */
final class SmtpLine extends SMTPTransport {

    private static final Duration PATIENCE_FOR_A_GREETING = Duration.ofSeconds(5);
    private static final Duration PATIENCE_FOR_A_FAREWELL = Duration.ofSeconds(1);

    private final CorkedSocket socket;
    private final Duration readTimeout;
    private final Duration acceptTimeout;
    private boolean startTlsTried;
    private boolean dataIsSaid;
    private boolean usable = true;
    private int mails;

    SmtpLine(Session session, URLName login, CorkedSocket socket, Duration readTimeout, Duration acceptTimeout) {
        super(session, login);
        this.socket = socket;
        this.readTimeout = readTimeout;
        this.acceptTimeout = acceptTimeout;
    }

    /** What the relay decided, and at which step. */
    record Answer(Step step, Reply reply) {

        boolean isAccepted() {
            return step == Step.END && reply.isYes();
        }
    }

    /** Hands one mail over. After {@link LineBroken} this is of no more use. */
    synchronized Answer deliver(Mail mail) throws LineBroken {
        mails++;
        try {
            Answer envelope = supportsExtension("PIPELINING") ? sayEnvelopeAtOnce(mail) : sayEnvelopeStepwise(mail);
            Answer answer = envelope.reply.isYes() ? sendContent(mail) : envelope;
            usable &= !answer.reply.endsTheConnection();
            return answer;
        } catch (LineBroken e) {
            usable = false;
            socket.abort();
            throw e;
        }
    }

    private Answer sayEnvelopeStepwise(Mail mail) throws LineBroken {
        say(Step.SENDER, sender(mail));
        Reply toSender = hear(Step.SENDER);
        if (!toSender.isYes()) {
            return new Answer(Step.SENDER, toSender);
        }
        say(Step.RECIPIENT, recipient(mail));
        Reply toRecipient = hear(Step.RECIPIENT);
        if (!toRecipient.isYes()) {
            startAfresh(toRecipient);
        }
        return new Answer(Step.RECIPIENT, toRecipient);
    }

    private Answer sayEnvelopeAtOnce(Mail mail) throws LineBroken {
        say(Step.SENDER, sender(mail));
        say(Step.RECIPIENT, recipient(mail));
        say(Step.CONTENT, "DATA");
        dataIsSaid = true;
        Reply toSender = hear(Step.SENDER);
        if (!toSender.isYes()) {
            takeBack(2, toSender);
            return new Answer(Step.SENDER, toSender);
        }
        Reply toRecipient = hear(Step.RECIPIENT);
        if (!toRecipient.isYes()) {
            takeBack(1, toRecipient);
        }
        return new Answer(Step.RECIPIENT, toRecipient);
    }

    /** Hears what else was answered; a relay that wants the content in spite of all gets none (RFC 2920, 3.1). */
    private void takeBack(int unheard, Reply refusal) {
        dataIsSaid = false;
        try {
            Reply toContent = refusal;
            for (int i = 0; i < unheard; i++) {
                toContent = hear(Step.CONTENT);
            }
            if (toContent.isGoOn()) {
                say(Step.CONTENT, ".");
                hear(Step.CONTENT);
            }
        } catch (LineBroken e) {
            giveUp();
        }
        startAfresh(refusal);
    }

    private void startAfresh(Reply refusal) {
        if (!usable || refusal.endsTheConnection()) {
            giveUp();
            return;
        }
        try {
            say(Step.SENDER, "RSET");
            usable = hear(Step.SENDER).isYes();
        } catch (LineBroken e) {
            giveUp();
        }
    }

    private void giveUp() {
        usable = false;
        socket.abort();
    }

    private Answer sendContent(Mail mail) throws LineBroken {
        OutputStream content;
        try {
            content = data();
        } catch (MessagingException e) {
            return new Answer(Step.CONTENT, lastHeard(Step.CONTENT, e));
        }
        try {
            mail.content().writeTo(content);
            super.sendCommand(".");
            socket.push();
        } catch (IOException | MessagingException e) {
            throw LineBroken.at(Step.CONTENT, e);
        }
        waitAtMost(acceptTimeout);
        Reply reply = hear(Step.END);
        waitAtMost(readTimeout);
        return new Answer(Step.END, reply);
    }

    private static String sender(Mail mail) {
        return "MAIL FROM:<" + mail.sender() + ">";
    }

    private static String recipient(Mail mail) {
        return "RCPT TO:<" + mail.recipient() + ">";
    }

    private void say(Step step, String command) throws LineBroken {
        try {
            super.sendCommand(command);
        } catch (MessagingException e) {
            throw LineBroken.at(step, e);
        }
    }

    /** What {@link #data()} wants to say may have been said already. */
    @Override
    protected void sendCommand(String command) throws MessagingException {
        if (dataIsSaid && command.equals("DATA")) {
            dataIsSaid = false;
        } else {
            super.sendCommand(command);
        }
    }

    private Reply hear(Step step) throws LineBroken {
        try {
            readServerResponse();
        } catch (MessagingException e) {
            throw LineBroken.at(step, e);
        }
        return lastHeard(step, null);
    }

    private Reply lastHeard(Step step, @Nullable Exception otherwise) throws LineBroken {
        Reply reply = new Reply(getLastReturnCode(), getLastServerResponse());
        boolean makesSense = reply.isRefusal() || (step == Step.CONTENT ? reply.isGoOn() : reply.isYes());
        if (!makesSense) {
            throw LineBroken.at(
                    step, otherwise == null ? new IOException("not an answer: " + reply.code()) : otherwise);
        }
        return reply;
    }

    synchronized boolean isAlive() {
        waitAtMost(PATIENCE_FOR_A_GREETING);
        boolean alive = isConnected();
        waitAtMost(readTimeout);
        return alive;
    }

    private void waitAtMost(Duration time) {
        try {
            socket.setSoTimeout((int) time.toMillis());
        } catch (SocketException e) {
            usable = false;
        }
    }

    /** Says goodbye, and doesn't mind if nobody is there to hear it. */
    synchronized void hangUp() {
        waitAtMost(PATIENCE_FOR_A_FAREWELL);
        try {
            close();
        } catch (MessagingException e) {
            socket.abort();
        }
    }

    synchronized boolean isUsable(int mailsPerConnection) {
        return usable && mails < mailsPerConnection;
    }

    synchronized boolean lacksRequiredStartTls() {
        return getRequireStartTLS() && !startTlsTried && getLastReturnCode() == 250 && !supportsExtension("STARTTLS");
    }

    @Override
    protected void startTLS() throws MessagingException {
        startTlsTried = true;
        super.startTLS();
    }

    synchronized @Nullable Reply lastHeard() {
        String text = getLastServerResponse();
        return text == null ? null : new Reply(getLastReturnCode(), text);
    }

    /** An address where no name is configured (RFC 5321, 4.1.3): this machine's own name may be one that nobody knows. */
    @Override
    public synchronized String getLocalHost() {
        String configured = session.getProperty("mail.smtp.localhost");
        if (configured != null) {
            return configured;
        }
        InetAddress address = socket.getLocalAddress();
        String literal = address.getHostAddress();
        int zone = literal.indexOf('%');
        return "[" + (address instanceof Inet6Address ? "IPv6:" : "")
                + (zone < 0 ? literal : literal.substring(0, zone)) + "]";
    }
}
