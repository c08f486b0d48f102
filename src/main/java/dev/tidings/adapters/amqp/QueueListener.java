package dev.tidings.adapters.amqp;

import com.rabbitmq.client.Connection;
import dev.tidings.application.acceptance.Intake;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.context.SmartLifecycle;

/** Keeps consuming a queue as long as the service runs: connects, and connects again, whatever becomes of the broker. */
final class QueueListener implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(QueueListener.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration TO_CONNECT = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Duration TO_STOP = Duration.ofSeconds(25);

    private final CachingConnectionFactory connections;
    private final BrokerSettings settings;
    private final Topology topology;
    private final String queue;
    private final Consumption.Settling settling;
    private final Intake intake;
    private volatile @Nullable Run run;
    private volatile @Nullable String problem = "not connected yet";

    QueueListener(
            CachingConnectionFactory connections,
            BrokerSettings settings,
            Topology topology,
            String queue,
            Consumption.Settling settling,
            Intake intake) {
        this.connections = connections;
        this.settings = settings;
        this.topology = topology;
        this.queue = queue;
        this.settling = settling;
        this.intake = intake;
    }

    /** Why nothing can be consumed; empty when it can, also while the intake pauses. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /**
     * Waits a little for the broker: what others publish once the service says that it is ready should find a queue.
     * The service starts without a broker, too.
     */
    @Override
    public void start() {
        Run started = new Run();
        run = started;
        started.awaitFirstTry();
    }

    /** Comes first when the service stops, before anything that what is in hand still needs. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }

    @Override
    public void stop() {
        Run current = run;
        if (current != null) {
            current.stop();
            run = null;
        }
    }

    @Override
    public boolean isRunning() {
        return run != null;
    }

    private final class Run {

        private final CompletableFuture<String> stopping = new CompletableFuture<>();
        private final CountDownLatch firstTry = new CountDownLatch(1);
        private final Thread thread = Thread.ofVirtual().name("amqp " + queue).start(this::keepConsuming);

        private void keepConsuming() {
            Duration pause = FIRST_PAUSE;
            try {
                while (!stopping.isDone()) {
                    try {
                        waitForIntake();
                        consume();
                        pause = FIRST_PAUSE;
                    } catch (IOException | RuntimeException e) {
                        problem = "can't connect: " + reason(e);
                        log.warn(
                                "Not consuming {} from {}: {}; next try in {}",
                                queue,
                                settings.address(),
                                reason(e),
                                pause);
                        firstTry.countDown();
                    }
                    await(pause);
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            problem = "stopped";
        }

        private void waitForIntake() throws InterruptedException {
            while (!stopping.isDone() && intake.paused().isPresent()) {
                await(BETWEEN_LOOKS);
            }
        }

        /** Returns when there is nothing to consume any more, or nothing may be taken in. */
        private void consume() throws IOException, InterruptedException {
            Connection connection = Connections.open(connections);
            topology.declare(connection);
            Consumption consumption =
                    Consumption.start(connection.createChannel(), queue, settings.prefetch(), settling);
            problem = null;
            firstTry.countDown();
            log.info("Consuming {} from {}", queue, settings.address());
            CompletableFuture<Object> end = CompletableFuture.anyOf(consumption.ended(), stopping);
            Object reason = endOrPause(end);
            if (end.isDone()) {
                problem = "not consuming: " + reason;
            }
            log.info("Stopped consuming {}: {}", queue, reason);
            consumption.close();
        }

        private Object endOrPause(CompletableFuture<Object> end) throws InterruptedException {
            while (true) {
                try {
                    return end.get(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    Optional<String> paused = intake.paused();
                    if (paused.isPresent()) {
                        return paused.get();
                    }
                } catch (ExecutionException e) {
                    return String.valueOf(e.getMessage());
                }
            }
        }

        void awaitFirstTry() {
            try {
                var _ = firstTry.await(TO_CONNECT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void await(Duration pause) throws InterruptedException {
            try {
                stopping.get(pause.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                // That was the pause.
            }
        }

        /** The client wraps what the broker said in exceptions without a message. */
        private static String reason(Throwable thrown) {
            Throwable cause = thrown.getCause();
            return thrown.getMessage() == null && cause != null ? reason(cause) : String.valueOf(thrown.getMessage());
        }

        void stop() {
            stopping.complete("shutting down");
            try {
                if (!thread.join(TO_STOP)) {
                    log.warn("What is in hand is not done after {}; the broker will deliver it again", TO_STOP);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
