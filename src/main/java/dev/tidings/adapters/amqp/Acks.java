package dev.tidings.adapters.amqp;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acknowledges what is done, in whatever order that was: one frame for all up to the first that is not done, and one
 * for each that is ahead of it.
 */
final class Acks {

    private static final Logger log = LoggerFactory.getLogger(Acks.class);

    /** What shared a commit arrives here within moments, and an ack that waits for it costs nobody anything. */
    private static final Duration GATHERING = Duration.ofMillis(2);

    private static final long END = 0;

    private final Channel channel;
    private final BlockingQueue<Long> done = new LinkedBlockingQueue<>();
    private final NavigableSet<Long> ahead = new TreeSet<>();
    private final Thread thread;
    private long upTo;

    /** @param channel on which nothing has been delivered yet */
    Acks(Channel channel) {
        this.channel = channel;
        this.thread = Thread.ofVirtual().name("amqp-acks").start(this::run);
    }

    void done(long deliveryTag) {
        done.add(deliveryTag);
    }

    /** Returns when all that was done before is acknowledged, or can't be. */
    void close(Duration patience) throws InterruptedException {
        done.add(END);
        thread.join(patience);
    }

    private void run() {
        try {
            boolean ending = false;
            while (!ending) {
                NavigableSet<Long> gathered = new TreeSet<>(List.of(done.take()));
                Thread.sleep(GATHERING);
                done.drainTo(gathered);
                ending = gathered.remove(END);
                acknowledge(gathered);
            }
        } catch (IOException | AlreadyClosedException e) {
            log.debug("Can't acknowledge; what was done will be delivered again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void acknowledge(NavigableSet<Long> newlyDone) throws IOException {
        long lastInRow = 0;
        for (long next = upTo + 1; newlyDone.contains(next) || ahead.contains(next); next++) {
            upTo = next;
            if (newlyDone.remove(next)) {
                lastInRow = next;
            } else {
                ahead.remove(next);
            }
        }
        if (lastInRow > 0) {
            channel.basicAck(lastInRow, true);
        }
        for (long tag : newlyDone) {
            channel.basicAck(tag, false);
        }
        ahead.addAll(newlyDone);
    }
}
