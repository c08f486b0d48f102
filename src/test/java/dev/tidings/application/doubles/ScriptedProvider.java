package dev.tidings.application.doubles;

import dev.tidings.application.delivery.MessageProvider;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Accepts everything, unless told otherwise. */
public final class ScriptedProvider implements MessageProvider {

    public static final ProviderName NAME = new ProviderName("scripted");

    private final boolean sandbox;
    private final Channel channel;
    private final ProviderName name;
    private final int concurrency;
    private final ConcurrentLinkedQueue<OutgoingMessage> received = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<SendOutcome> next = new ConcurrentLinkedQueue<>();
    private final AtomicInteger sending = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private volatile Function<OutgoingMessage, SendOutcome> otherwise =
            message -> new SendOutcome.Accepted("accepted-" + message.notificationId());
    private volatile CountDownLatch held = new CountDownLatch(0);

    public ScriptedProvider(int concurrency) {
        this(Channel.EMAIL, NAME, concurrency);
    }

    public ScriptedProvider(Channel channel, ProviderName name, int concurrency) {
        this(channel, name, concurrency, false);
    }

    public ScriptedProvider(Channel channel, ProviderName name, int concurrency, boolean sandbox) {
        this.sandbox = sandbox;
        this.channel = channel;
        this.name = name;
        this.concurrency = concurrency;
    }

    /** Answers in this order; after that as before. */
    public void answer(SendOutcome... outcomes) {
        next.addAll(List.of(outcomes));
    }

    public void answerAll(Function<OutgoingMessage, SendOutcome> answer) {
        otherwise = answer;
    }

    /** Whatever is sent from now on hangs until {@link #release}. */
    public void hold() {
        held = new CountDownLatch(1);
    }

    public void release() {
        held.countDown();
    }

    /** In the order of their coming; what hangs included. */
    public List<OutgoingMessage> received() {
        return List.copyOf(received);
    }

    public int mostAtOnce() {
        return mostAtOnce.get();
    }

    @Override
    public ProviderName name() {
        return name;
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public int concurrency() {
        return concurrency;
    }

    @Override
    public boolean isSandbox() {
        return sandbox;
    }

    @Override
    public boolean reaches(Address address) {
        return sandbox || !address.isSimulated();
    }

    @Override
    public SendOutcome send(OutgoingMessage message) {
        mostAtOnce.accumulateAndGet(sending.incrementAndGet(), Math::max);
        try {
            received.add(message);
            held.await();
            SendOutcome told = next.poll();
            return told == null ? otherwise.apply(message) : told;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            sending.decrementAndGet();
        }
    }
}
