package dev.tidings.adapters.amqp;

import com.rabbitmq.client.Channel;
import dev.tidings.application.events.BrokerHealth;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

/** Asks the broker for the queues that we live on. */
final class RabbitHealth implements BrokerHealth {

    private static final Duration TO_ANSWER = Duration.ofSeconds(2);

    private final List<QueueListener> listeners;
    private final CachingConnectionFactory connections;
    private final List<ConfirmedPublisher> publishers;

    RabbitHealth(
            List<QueueListener> listeners, CachingConnectionFactory connections, List<ConfirmedPublisher> publishers) {
        this.listeners = listeners;
        this.connections = connections;
        this.publishers = publishers;
    }

    @Override
    public Optional<String> problem() {
        return listeners.stream()
                .flatMap(listener -> listener.problem().stream())
                .findFirst()
                .or(() -> publishers.stream()
                        .flatMap(publisher -> publisher.blocked().stream())
                        .map(reason -> "takes no messages for now: " + reason)
                        .findFirst())
                .or(this::noAnswer);
    }

    private Optional<String> noAnswer() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try (Channel channel = Connections.open(connections).createChannel()) {
                channel.queueDeclarePassive(Topology.GENERAL_QUEUE);
                answer.complete(null);
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            answer.get(TO_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (TimeoutException e) {
            return Optional.of("no answer within " + TO_ANSWER.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        } catch (Exception e) {
            return Optional.of("no queue " + Topology.GENERAL_QUEUE + ": " + e.getCause());
        }
    }
}
