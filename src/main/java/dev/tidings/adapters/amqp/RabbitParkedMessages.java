package dev.tidings.adapters.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import dev.tidings.adapters.amqp.ConfirmedPublisher.Outgoing;
import dev.tidings.application.parking.ParkedMessage;
import dev.tidings.application.parking.ParkedMessages;
import dev.tidings.application.parking.ParkingUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

/**
 * Gets the messages one by one and acknowledges those that are redriven or deleted; closing the channel puts all others
 * back into their places.
 */
final class RabbitParkedMessages implements ParkedMessages {

    private static final Duration FOR_ANOTHER = Duration.ofSeconds(10);
    private static final int SECONDS_TO_CONFIRM = 10;

    private final CachingConnectionFactory connections;
    private final Topology topology;
    private final ConfirmedPublisher publisher;
    private final InstantSource clock;
    private final Semaphore turn = new Semaphore(1, true);

    RabbitParkedMessages(
            CachingConnectionFactory connections,
            Topology topology,
            ConfirmedPublisher publisher,
            InstantSource clock) {
        this.connections = connections;
        this.topology = topology;
        this.publisher = publisher;
        this.clock = clock;
    }

    @Override
    public Visit visit(int most, Visitor visitor) {
        awaitTurn();
        try {
            Channel channel = opened();
            try {
                return new Visiting(channel, most, visitor).run();
            } finally {
                channel.abort();
            }
        } catch (IOException | AlreadyClosedException | AmqpException e) {
            throw new ParkingUnavailable("the broker can't be reached", e);
        } finally {
            turn.release();
        }
    }

    private void awaitTurn() {
        try {
            if (!turn.tryAcquire(FOR_ANOTHER.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ParkingUnavailable("somebody else is going through the parked messages", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ParkingUnavailable("interrupted", e);
        }
    }

    private Channel opened() throws IOException {
        var connection = Connections.open(connections);
        topology.declare(connection);
        return connection.createChannel();
    }

    private final class Visiting {

        private final Channel channel;
        private final int most;
        private final Visitor visitor;
        private final String run = UUID.randomUUID().toString();
        private int seen;
        private int redriven;
        private int deleted;

        Visiting(Channel channel, int most, Visitor visitor) {
            this.channel = channel;
            this.most = most;
            this.visitor = visitor;
        }

        Visit run() throws IOException {
            while (seen < most) {
                GetResponse next = channel.basicGet(Topology.PARKED, false);
                if (next == null || run.equals(Headers.text(next.getProps(), Headers.REDRIVE))) {
                    return ended(true, null);
                }
                seen++;
                ParkedMessage message = ParkedForm.read(next);
                switch (visitor.see(message, next.getBody())) {
                    case Verdict.Keep _ -> {}
                    case Verdict.Stop _ -> {
                        seen--;
                        return ended(false, null);
                    }
                    case Verdict.Delete _ -> {
                        acknowledge(next);
                        deleted++;
                    }
                    case Verdict.Redrive redrive -> {
                        String problem = redrive(next, message, redrive.by());
                        if (problem != null) {
                            return ended(false, problem);
                        }
                    }
                }
            }
            return ended(false, null);
        }

        private Visit ended(boolean all, @Nullable String problem) {
            return new Visit(seen, all, redriven, deleted, problem);
        }

        private @Nullable String redrive(GetResponse parked, ParkedMessage message, String by) throws IOException {
            try {
                publisher
                        .publish(again(parked, message, by))
                        .orTimeout(SECONDS_TO_CONFIRM, TimeUnit.SECONDS)
                        .join();
            } catch (CompletionException e) {
                return "the broker did not take it back: " + e.getCause();
            }
            acknowledge(parked);
            redriven++;
            return null;
        }

        private void acknowledge(GetResponse message) throws IOException {
            channel.basicAck(message.getEnvelope().getDeliveryTag(), false);
        }

        /** Straight into its queue, so that no other that is bound alike gets it a second time. */
        private Outgoing again(GetResponse parked, ParkedMessage message, String by) {
            Map<String, Object> headers =
                    new HashMap<>(Objects.requireNonNullElse(parked.getProps().getHeaders(), Map.of()));
            ParkedForm.OF_THIS_PARKING.forEach(headers::remove);
            headers.put(Headers.REDRIVE, run);
            headers.put(Headers.PREFIX + "redriven-by", by);
            headers.put(Headers.PREFIX + "redriven-at", clock.instant().toString());
            headers.put(Headers.REDRIVEN, message.redriven() + 1);
            headers.put(Headers.ATTEMPTS, message.attempts());
            BasicProperties properties = parked.getProps()
                    .builder()
                    .headers(headers)
                    .deliveryMode(MessageProperties.PERSISTENT_BASIC.getDeliveryMode())
                    .build();
            String queue = message.queue();
            return queue == null
                    ? new Outgoing(
                            Objects.requireNonNull(message.exchange()),
                            Objects.requireNonNullElse(message.routingKey(), ""),
                            true,
                            properties,
                            parked.getBody())
                    : new Outgoing("", queue, true, properties, parked.getBody());
        }
    }
}
