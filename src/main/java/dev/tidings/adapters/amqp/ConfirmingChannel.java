package dev.tidings.adapters.amqp;

import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.tidings.adapters.amqp.ConfirmedPublisher.Outgoing;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** One channel in confirm mode, and what is not confirmed yet. */
final class ConfirmingChannel {

    private final Channel channel;
    private final ConcurrentNavigableMap<Long, CompletableFuture<Void>> unconfirmed = new ConcurrentSkipListMap<>();
    private volatile @Nullable String blocked;

    ConfirmingChannel(Connection connection) throws IOException {
        channel = connection.createChannel();
        channel.confirmSelect();
        channel.addConfirmListener(this::confirmed, this::refused);
        channel.addReturnListener(_ -> returned());
        channel.addShutdownListener(this::lost);
        connection.addBlockedListener(new Blocking());
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    @Nullable String blocked() {
        return blocked;
    }

    /** For one thread at a time. */
    void publish(Outgoing message, CompletableFuture<Void> confirmed) throws IOException {
        String reason = blocked;
        if (reason != null) {
            throw new IOException("the broker takes no messages for now: " + reason);
        }
        int frame = channel.getConnection().getFrameMax();
        if (frame > 0 && message.properties().toFrame(0, message.body().length).size() > frame) {
            throw new HeadersTooLong();
        }
        long number = channel.getNextPublishSeqNo();
        unconfirmed.put(number, confirmed);
        var _ = confirmed.whenComplete((_, _) -> unconfirmed.remove(number));
        channel.basicPublish(
                message.exchange(), message.routingKey(), message.mandatory(), message.properties(), message.body());
    }

    private void confirmed(long number, boolean andAllBefore) {
        upTo(number, andAllBefore).values().forEach(each -> each.complete(null));
    }

    private void refused(long number, boolean andAllBefore) {
        upTo(number, andAllBefore)
                .values()
                .forEach(each -> each.completeExceptionally(new IOException("the broker refused the message")));
    }

    private ConcurrentNavigableMap<Long, CompletableFuture<Void>> upTo(long number, boolean andAllBefore) {
        return andAllBefore ? unconfirmed.headMap(number, true) : unconfirmed.subMap(number, true, number, true);
    }

    /**
     * A message that must reach a queue reaches none. Which one is not told, so none that is not confirmed yet counts;
     * the channel is closed, and with the next one the queue is declared again.
     */
    private void returned() {
        unconfirmed.values().forEach(each -> each.completeExceptionally(new IOException("no queue gets the message")));
        Thread.startVirtualThread(this::close);
    }

    private void lost(ShutdownSignalException signal) {
        unconfirmed.values().forEach(each -> each.completeExceptionally(signal));
    }

    private void close() {
        try {
            channel.abort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private final class Blocking implements BlockedListener {

        @Override
        public void handleBlocked(String reason) {
            blocked = reason;
        }

        @Override
        public void handleUnblocked() {
            blocked = null;
        }
    }
}
