package dev.tidings.adapters.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Delivery;
import dev.tidings.adapters.amqp.Consumption.Patience;
import dev.tidings.application.InvalidInput;
import dev.tidings.application.acceptance.IntakePaused;
import dev.tidings.application.acceptance.MessageIdReused;
import dev.tidings.application.commit.Outages;
import dev.tidings.application.commit.Thrown;
import dev.tidings.application.notification.RequestContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Sees each message through: handled and committed, or parked. An outage is waited out with the message in hand. */
final class MessageHandling<I extends Incoming> implements Consumption.Settling {

    private static final Logger log = LoggerFactory.getLogger(MessageHandling.class);
    private static final String CORRELATION_ID_IN_LOG = "correlation_id";
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private static final Duration BETWEEN_TROUBLES = Duration.ofSeconds(10);

    private final Opening<I> opening;
    private final Taking<I> taking;
    private final Outages outages;
    private final Parking parking;
    private final MessageTraces traces;
    private final MessageMeters meters;
    private final AtomicLong lastTrouble = new AtomicLong(System.nanoTime() - BETWEEN_TROUBLES.toNanos());

    /** How a message is understood. */
    @FunctionalInterface
    interface Opening<I extends Incoming> {

        I open(Delivery delivery) throws Poison;
    }

    /** What follows from it; completes after the commit. */
    @FunctionalInterface
    interface Taking<I extends Incoming> {

        CompletableFuture<?> take(I incoming, RequestContext context);
    }

    MessageHandling(
            Opening<I> opening,
            Taking<I> taking,
            Outages outages,
            Parking parking,
            MessageTraces traces,
            MessageMeters meters) {
        this.opening = opening;
        this.taking = taking;
        this.outages = outages;
        this.parking = parking;
        this.traces = traces;
        this.meters = meters;
    }

    @Override
    public boolean settle(Delivery delivery, Patience patience) {
        for (int tries = 1; ; tries++) {
            try {
                handle(delivery);
                return true;
            } catch (Poison poison) {
                return park(delivery, poison, tries, patience);
            } catch (RuntimeException | StackOverflowError unforeseen) {
                log.debug("Can't be understood", unforeseen);
                return park(delivery, new Poison(Poison.Reason.NOT_ACCEPTED, kinds(unforeseen), null), tries, patience);
            } catch (Outage outage) {
                trouble("Messages wait for an outage to end", outage);
                if (!patience.pause(pauseAfter(tries))) {
                    return false;
                }
            }
        }
    }

    private void handle(Delivery delivery) throws Poison, Outage {
        I incoming = opening.open(delivery);
        try (MessageTraces.Handling trace = traces.start(incoming)) {
            taking.take(incoming, trace.context()).join();
        } catch (Exception thrown) {
            throw explained(Thrown.cause(thrown), incoming.context().correlationId());
        }
        meters.consumed(incoming.kind());
    }

    private Poison explained(Throwable cause, @Nullable String correlationId) throws Outage {
        if (cause instanceof InvalidInput invalid) {
            return new Poison(Poison.Reason.NOT_ACCEPTED, String.valueOf(invalid.getMessage()), correlationId);
        }
        if (cause instanceof MessageIdReused) {
            return new Poison(
                    Poison.Reason.NOT_ACCEPTED,
                    "Its id was used for another message, which said something else",
                    correlationId);
        }
        if (cause instanceof RejectedExecutionException || cause instanceof IntakePaused || outages.isOutage(cause)) {
            throw new Outage(cause);
        }
        log.debug("Can't be stored", cause);
        return new Poison(Poison.Reason.NOT_STORED, "It can't be stored: " + kinds(cause), correlationId);
    }

    /** Without the messages: a database quotes values in them. */
    private static String kinds(Throwable thrown) {
        return Stream.iterate(thrown, each -> each != null, Throwable::getCause)
                .limit(5)
                .map(each -> each.getClass().getSimpleName())
                .collect(Collectors.joining(", because of "));
    }

    private boolean park(Delivery delivery, Poison poison, int tries, Patience patience) {
        for (int failures = 1; ; failures++) {
            try {
                parking.park(delivery, poison, tries).join();
                meters.parked(poison.reason());
                try (var _ = MDC.putCloseable(CORRELATION_ID_IN_LOG, correlationId(poison, delivery.getProperties()))) {
                    log.warn(
                            "Parked a message in {} ({}): {}",
                            Topology.PARKED,
                            poison.reason().code(),
                            poison.problem());
                }
                return true;
            } catch (RuntimeException e) {
                trouble("Messages that can't be processed wait to be parked", e);
                if (!patience.pause(pauseAfter(failures))) {
                    return false;
                }
            }
        }
    }

    /** It meets all that is in hand, again and again; once in a while is enough to say so. */
    private void trouble(String what, Exception thrown) {
        long now = System.nanoTime();
        long last = lastTrouble.get();
        if (now - last > BETWEEN_TROUBLES.toNanos() && lastTrouble.compareAndSet(last, now)) {
            log.warn("{}: {}", what, kinds(Thrown.cause(thrown)));
        }
    }

    private static @Nullable String correlationId(Poison poison, BasicProperties properties) {
        return poison.correlationId() == null
                ? Headers.correlationId(properties, null, properties.getMessageId())
                : poison.correlationId();
    }

    private static Duration pauseAfter(int tries) {
        Duration pause = Duration.ofSeconds(1L << Math.min(tries - 1, 4));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private static final class Outage extends Exception {

        private static final long serialVersionUID = 1L;

        Outage(Throwable cause) {
            super(null, cause, false, false);
        }
    }
}
