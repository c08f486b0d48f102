package dev.tidings.adapters.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Messages of one queue over one channel, each in a virtual thread of its own, acknowledged when it is settled. How
 * many are in hand is bounded by the prefetch; how many bytes, by not reading on.
 */
final class Consumption extends DefaultConsumer {

    private static final Duration TO_FINISH = Duration.ofSeconds(10);
    private static final int BYTES_IN_HAND = 64 * 1024 * 1024;

    private final Settling settling;
    private final Acks acks;
    private final int capacity;
    private final Semaphore room;
    private final Phaser inHand = new Phaser(1);
    private final CompletableFuture<String> ended = new CompletableFuture<>();

    /** What becomes of a message. */
    interface Settling {

        /** Returns whether it may be acknowledged; if not, it is given back to the queue. */
        boolean settle(Delivery delivery, Patience patience);
    }

    /** How those wait who try again. */
    interface Patience {

        /** Returns false, and at once, when there is nothing to wait for any more: the message is given back. */
        boolean pause(Duration duration);
    }

    private Consumption(Channel channel, Settling settling, int capacity) {
        super(channel);
        this.settling = settling;
        this.acks = new Acks(channel);
        this.capacity = capacity;
        this.room = new Semaphore(capacity);
    }

    static Consumption start(Channel channel, String queue, int prefetch, Settling settling) throws IOException {
        return start(channel, queue, prefetch, BYTES_IN_HAND, settling);
    }

    static Consumption start(Channel channel, String queue, int prefetch, int bytesInHand, Settling settling)
            throws IOException {
        Consumption consumption = new Consumption(channel, settling, bytesInHand);
        channel.basicQos(prefetch);
        channel.basicConsume(queue, false, consumption);
        return consumption;
    }

    /** Completes with the reason when nothing comes any more. */
    CompletableFuture<String> ended() {
        return ended;
    }

    @Override
    public void handleDelivery(String consumerTag, Envelope envelope, BasicProperties properties, byte[] body) {
        if (ended.isDone()) {
            return;
        }
        int size = Math.min(capacity, body.length);
        room.acquireUninterruptibly(size);
        inHand.register();
        Thread.startVirtualThread(() -> {
            try {
                settle(new Delivery(envelope, properties, body));
            } finally {
                room.release(size);
                inHand.arriveAndDeregister();
            }
        });
    }

    private void settle(Delivery delivery) {
        if (!ended.isDone() && settling.settle(delivery, this::pause)) {
            acks.done(delivery.getEnvelope().getDeliveryTag());
        }
    }

    private boolean pause(Duration duration) {
        try {
            ended.get(duration.toMillis(), TimeUnit.MILLISECONDS);
            return false;
        } catch (TimeoutException e) {
            return true;
        } catch (InterruptedException | ExecutionException e) {
            return false;
        }
    }

    @Override
    public void handleCancel(String consumerTag) {
        ended.complete("the queue was deleted");
    }

    @Override
    public void handleShutdownSignal(String consumerTag, ShutdownSignalException signal) {
        ended.complete(String.valueOf(signal.getMessage()));
    }

    /** Takes no more, lets what is in hand be settled, and gives the rest back. */
    void close() throws InterruptedException {
        ended.complete("closed");
        if (getChannel().isOpen()) {
            cancel();
            awaitThoseInHand();
        }
        acks.close(TO_FINISH);
        abort();
    }

    private void cancel() {
        try {
            getChannel().basicCancel(getConsumerTag());
        } catch (IOException | RuntimeException e) {
            // The channel is lost: what is in hand will be delivered again.
        }
    }

    private void awaitThoseInHand() throws InterruptedException {
        try {
            inHand.awaitAdvanceInterruptibly(inHand.arrive(), TO_FINISH.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // They will be delivered again.
        }
    }

    private void abort() {
        try {
            getChannel().abort();
        } catch (IOException e) {
            // It is closed, then.
        }
    }
}
