package dev.tidings.application.announcements;

import static dev.tidings.application.doubles.Drafts.welcome;
import static dev.tidings.application.doubles.Drafts.welcomes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.application.doubles.TidingsInMemory;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** By a processor as it runs in production. */
class StreamedAnnouncementsTest {

    private final TidingsInMemory tidings = new TidingsInMemory();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final PooledStreamingEventProcessor processor = PooledStreamingEventProcessor.builder()
            .name(WhenSomethingSettlesThenAnnounce.PROCESSOR)
            .eventHandlerInvoker(SimpleEventHandlerInvoker.builder()
                    .eventHandlers(new WhenSomethingSettlesThenAnnounce(tidings.announcements))
                    .build())
            .messageSource(tidings.eventStore())
            .tokenStore(new InMemoryTokenStore())
            .transactionManager(tidings.transactions)
            .coordinatorExecutor(threads)
            .workerExecutor(threads)
            .initialSegmentCount(1)
            .batchSize(1000)
            .build();

    @AfterEach
    void close() {
        processor.shutDown();
        threads.shutdown();
        tidings.close();
    }

    @Test
    void nothing_is_left_untold_when_a_batch_ends_with_what_is_told_to_nobody() {
        tidings.engine.start();
        welcomes(3).forEach(draft -> tidings.accept.accept(draft).join());
        await().until(() -> tidings.queue.all().isEmpty());
        tidings.provider.hold();
        tidings.accept.accept(welcome("last")).join();

        processor.start();

        await().untilAsserted(
                        () -> assertThat(tidings.announcements.published()).hasSize(3));
    }
}
