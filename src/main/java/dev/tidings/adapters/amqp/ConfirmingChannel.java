package dev.tidings.adapters.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.tidings.adapters.amqp.ConfirmedPublisher.Outgoing;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** One channel in confirm mode, and what is not confirmed yet. */
final class ConfirmingChannel {

    /** The frame's own, and ten short strings (AMQP 0-9-1, 4.2.5.3) with a timestamp and two octets. */
    private static final int MOST_OCTETS_BUT_HEADERS = 2_700;

    /** A short string, a type and the length of a long string. */
    private static final int MOST_OCTETS_OF_A_NAME = 262;

    private static final long MOST_OCTETS_OF_A_CHARACTER = 3;

    /** In octets, as its length is one (AMQP 0-9-1, 4.2.5.3). */
    private static final int LONGEST_SHORT_STRING = 255;

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
        if (!fitsIntoAFrame(message)) {
            throw new HeadersTooLong();
        }
        long number = channel.getNextPublishSeqNo();
        unconfirmed.put(number, confirmed);
        var _ = confirmed.whenComplete((_, _) -> unconfirmed.remove(number));
        channel.basicPublish(
                message.exchange(), message.routingKey(), message.mandatory(), message.properties(), message.body());
    }

    /** They are written out for it only if they may be too long: that is a third of what it takes to publish. */
    private boolean fitsIntoAFrame(Outgoing message) throws IOException {
        int frame = channel.getConnection().getFrameMax();
        return frame == 0
                || mostOctets(message.properties()) <= frame
                || message.properties().toFrame(0, message.body().length).size() <= frame;
    }

    /** More than which they never become; no bound where a header is not a text, or what must be short may not be. */
    private static long mostOctets(BasicProperties properties) {
        if (!isShort(properties.getCorrelationId()) || !isShort(properties.getMessageId())) {
            return Long.MAX_VALUE;
        }
        long octets = MOST_OCTETS_BUT_HEADERS;
        Map<String, Object> headers = properties.getHeaders();
        for (Map.Entry<String, Object> header : (headers == null ? Map.<String, Object>of() : headers).entrySet()) {
            if (!isShort(header.getKey()) || !(header.getValue() instanceof String text)) {
                return Long.MAX_VALUE;
            }
            octets += MOST_OCTETS_OF_A_NAME + MOST_OCTETS_OF_A_CHARACTER * text.length();
        }
        return octets;
    }

    /** One that is too long is refused only when it is written out, which must not be after its number was taken. */
    private static boolean isShort(@Nullable String text) {
        return text == null || MOST_OCTETS_OF_A_CHARACTER * text.length() <= LONGEST_SHORT_STRING;
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
