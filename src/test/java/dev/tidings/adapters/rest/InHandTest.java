package dev.tidings.adapters.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.application.commit.UnitsOfWork;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InHandTest {

    private static final String SEND = "/notifications/send";

    private ServedFromMemory api;
    private CountDownLatch blocked;

    @BeforeEach
    void start() {
        api = new ServedFromMemory("tidings.http.in-hand=2", "tidings.http.bodies-in-hand=1MB");
        blocked = new CountDownLatch(1);
    }

    @AfterEach
    void stop() {
        blocked.countDown();
        api.close();
    }

    @Test
    void beyond_what_can_be_in_hand_a_request_is_turned_away_at_once() {
        blockCommits();
        CompletableFuture<Answer> first = CompletableFuture.supplyAsync(() -> api.post(SEND, Examples.SEND_TEXT));
        CompletableFuture<Answer> second = CompletableFuture.supplyAsync(() -> api.post(SEND, Examples.SEND_TEMPLATE));
        await().until(() -> inHand() == 2);

        Answer turnedAway = api.post(SEND, Examples.SEND_TEXT).isProblem(503, "too-busy");

        assertThat(turnedAway.header("Retry-After")).isEqualTo("1");
        assertThat(turnedAway("requests")).isEqualTo(1);
        blocked.countDown();
        first.join().is(202);
        second.join().is(202);
        await().until(() -> inHand() == 0);
        api.post(SEND, Examples.SEND_TEXT).is(202);
    }

    @Test
    void a_body_for_which_there_is_no_room_is_turned_away_unread() throws Exception {
        try (Socket socket = new Socket("localhost", api.port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(
                            ("POST /notifications/batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                            + "Content-Length: " + 2 * 1024 * 1024 + "\r\n\r\n")
                                    .getBytes(UTF_8));

            assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8))
                    .isEqualTo("HTTP/1.1 503");
        }
        assertThat(turnedAway("bodies")).isEqualTo(1);
        await().until(() -> inHand() == 0);
    }

    @Test
    void bodies_are_counted_as_they_come_and_forgotten_when_answered() {
        String half = "{\"content\": \"" + "x".repeat(600 * 1024) + "\"}";

        for (int i = 0; i < 5; i++) {
            api.post(SEND, half).isProblem(400, "invalid-input");
            await().until(() -> inHand() == 0);
        }

        await().until(() -> gauge("tidings.in.hand.bodies") == 0);
        assertThat(turnedAway("bodies")).isZero();
    }

    /** Until the latch opens, a transaction is under way that all others wait for. */
    private void blockCommits() {
        CountDownLatch running = new CountDownLatch(1);
        UnitsOfWork units = api.tidings.units;
        Thread.ofPlatform()
                .start(() -> units.inOneCommit(() -> {
                    running.countDown();
                    try {
                        blocked.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return true;
                }));
        await().until(() -> running.getCount() == 0);
    }

    private double inHand() {
        return gauge("tidings.in.hand");
    }

    private double gauge(String name) {
        return api.meters.get(name).gauge().value();
    }

    private double turnedAway(String reason) {
        return api.meters
                .get("tidings.turned.away")
                .tag("reason", reason)
                .counter()
                .count();
    }
}
