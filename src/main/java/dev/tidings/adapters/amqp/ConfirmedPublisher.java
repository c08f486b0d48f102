package dev.tidings.adapters.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

/**
 * Publishes, and tells when the broker has taken responsibility. One thread writes, so that a broker that stops reading
 * holds up nobody who publishes; it connects when there is something to write.
 */
final class ConfirmedPublisher implements AutoCloseable {

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);

    private final CachingConnectionFactory connections;
    private final Topology topology;
    private final BlockingQueue<Submitted> submitted = new LinkedBlockingQueue<>();
    private final Thread writer;
    private volatile @Nullable ConfirmingChannel channel;
    private volatile boolean closed;
    private long connectNotBefore = System.nanoTime();
    private @Nullable Exception connectFailure;

    /** @param mandatory whether it is a failure when no queue gets it */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
    record Outgoing(String exchange, String routingKey, boolean mandatory, BasicProperties properties, byte[] body) {}

    private record Submitted(Outgoing message, CompletableFuture<Void> confirmed) {}

    ConfirmedPublisher(CachingConnectionFactory connections, Topology topology) {
        this.connections = connections;
        this.topology = topology;
        this.writer = Thread.ofVirtual().name("amqp-publisher").start(this::run);
    }

    /** Returns at once. What waits is for the callers to bound, and how long for them to say: {@code orTimeout}. */
    CompletableFuture<Void> publish(Outgoing message) {
        CompletableFuture<Void> confirmed = new CompletableFuture<>();
        submitted.add(new Submitted(message, confirmed));
        return confirmed;
    }

    /** Why the broker takes no messages from us although it is there. */
    Optional<String> blocked() {
        ConfirmingChannel current = channel;
        return current == null ? Optional.empty() : Optional.ofNullable(current.blocked());
    }

    private void run() {
        while (!closed) {
            try {
                Submitted next = submitted.take();
                if (!next.confirmed.isDone()) {
                    write(next);
                }
            } catch (InterruptedException e) {
                break;
            }
        }
        submitted.forEach(each -> each.confirmed.completeExceptionally(new IOException("shutting down")));
    }

    private void write(Submitted next) {
        try {
            open().publish(next.message, next.confirmed);
        } catch (Exception e) {
            next.confirmed.completeExceptionally(e);
        }
    }

    private ConfirmingChannel open() throws Exception {
        ConfirmingChannel current = channel;
        if (current != null && current.isOpen()) {
            return current;
        }
        if (connectFailure != null && System.nanoTime() - connectNotBefore < 0) {
            throw connectFailure;
        }
        try {
            Connection connection = Connections.open(connections);
            topology.declare(connection);
            ConfirmingChannel opened = new ConfirmingChannel(connection);
            channel = opened;
            connectFailure = null;
            return opened;
        } catch (Exception e) {
            connectFailure = e;
            connectNotBefore = System.nanoTime() + PAUSE_AFTER_FAILURE.toNanos();
            throw e;
        }
    }

    @Override
    public void close() {
        closed = true;
        writer.interrupt();
    }
}
