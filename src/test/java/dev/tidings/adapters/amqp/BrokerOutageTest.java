package dev.tidings.adapters.amqp;

import static dev.tidings.adapters.amqp.UserEventsContract.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidings.adapters.amqp.RabbitAnnouncements.NotAnnounced;
import dev.tidings.testing.PrivateRabbit;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A broker that is stopped, killed and starved. */
class BrokerOutageTest {

    private static PrivateRabbit rabbit;

    private final Set<String> handled = ConcurrentHashMap.newKeySet();
    private TestAdapter adapter;

    @BeforeAll
    static void startBroker() {
        rabbit = PrivateRabbit.started();
    }

    @AfterAll
    static void endBroker() {
        rabbit.close();
    }

    @BeforeEach
    void start() {
        adapter = new TestAdapter(rabbit.url(), (event, _, _) -> {
            handled.add(event.userId().value());
            return CompletableFuture.completedFuture(null);
        });
    }

    @AfterEach
    void stop() {
        adapter.close();
    }

    @Test
    void a_broker_that_is_down_at_the_start_is_used_when_it_comes() {
        rabbit.stop();
        try {
            adapter.started();
            soon().until(() -> adapter.health.problem().orElse("").contains("can't connect"));
        } finally {
            rabbit.start();
        }
        soon().until(() -> adapter.health.problem().isEmpty());
    }

    @Test
    void what_a_killed_broker_had_confirmed_is_handled_when_it_is_back() {
        adapter.started();
        soon().until(() -> adapter.health.problem().isEmpty());
        restartOnceTheQueueIsDeclared();
        adapter.listener.stop();
        publish("before-", 100);
        rabbit.kill();
        adapter.started();
        soon().until(() -> adapter.health.problem().isPresent());
        rabbit.start();
        soon().until(() -> adapter.health.problem().isEmpty());
        publish("after-", 100);
        soon().until(() -> handled.size() == 200);
        announce("e-1");
    }

    /** A quorum queue that was declared moments before a kill has lost its leader. */
    private void restartOnceTheQueueIsDeclared() {
        rabbit.stop();
        rabbit.start();
        soon().until(() -> adapter.health.problem().isEmpty());
    }

    @Test
    void a_broker_that_takes_no_messages_stops_neither_what_comes_in_nor_for_ever_what_goes_out() throws IOException {
        adapter.started();
        soon().until(() -> adapter.health.problem().isEmpty());
        announce("e-1");
        try (TestClient client = new TestClient(rabbit.url())) {
            IntStream.range(0, 10).forEach(i -> client.register("u-" + i));
            adapter.listener.stop();
            client.publish("user.x", "{");
            rabbit.control("set_vm_memory_high_watermark", "0.000001");
            long begin = System.nanoTime();
            assertThatExceptionOfType(NotAnnounced.class).isThrownBy(() -> announce("e-2"));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
            soon().until(() -> adapter.publisher.blocked().isPresent());

            adapter.started();
            soon().until(() -> adapter.listener.problem().isEmpty());
            soon().until(() -> handled.size() == 10);
            assertThat(adapter.health.problem().orElse("")).contains("takes no messages", "memory");
            begin = System.nanoTime();
            assertThatExceptionOfType(NotAnnounced.class).isThrownBy(() -> announce("e-3"));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        } finally {
            rabbit.control("set_vm_memory_high_watermark", "0.4");
        }
        soon().until(() -> adapter.health.problem().isEmpty());
        announce("e-4");
        try (TestClient client = new TestClient(rabbit.url())) {
            assertThat(client.parked(1)).hasSize(1);
        }
    }

    private void publish(String prefix, int count) {
        try (TestClient client = new TestClient(rabbit.url())) {
            IntStream.range(0, count).forEach(i -> client.register(prefix + i));
        }
    }

    private void announce(String eventId) {
        new RabbitAnnouncements(adapter.publisher).publish(List.of(AnnouncementsContract.sent(eventId)));
    }
}
