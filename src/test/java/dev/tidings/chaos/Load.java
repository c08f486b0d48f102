package dev.tidings.chaos;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.tidings.testing.TidingsProcess;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Other services at work: four fifths of all notifications are asked for by events, published with confirms, one fifth
 * by REST, at both nodes in turn. Each has a recipient of its own, who is told apart at the mail relay. Every other
 * caller asks again, with the same Idempotency-Key, until it gets its 202; nobody else asks twice.
 */
final class Load {

    private static final int CALLERS = 8;
    private static final int MOST_TRIES = 20;
    private static final int MOST_UNCONFIRMED = 2_000;
    private static final int READS_PER_SECOND = 5;
    private static final long A_MOMENT = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long A_PAUSE = TimeUnit.MILLISECONDS.toNanos(300);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LAST_CONFIRMS = Duration.ofSeconds(10);

    private final Stage stage;
    private final String service;
    private final int events;
    private final int calls;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final JsonMapper json = new JsonMapper();
    private final AtomicInteger asked = new AtomicInteger();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final List<String> acceptedIds = new CopyOnWriteArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger unconfirmed = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger failedReads = new AtomicInteger();
    private final AtomicInteger notFound = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running = true;

    /** @param service names the services that ask, and makes everything of theirs findable */
    Load(Stage stage, String service, int perSecond) {
        this.stage = stage;
        this.service = service;
        this.calls = perSecond / 5;
        this.events = perSecond - calls;
    }

    Load started() {
        threads.add(Thread.ofVirtual().name("events").start(this::publishWhileRunning));
        for (int caller = 0; caller < CALLERS; caller++) {
            int number = caller;
            threads.add(Thread.ofVirtual().name("caller-" + caller).start(() -> callWhileRunning(number)));
        }
        threads.add(Thread.ofVirtual().name("reader").start(this::readWhileRunning));
        return this;
    }

    /** Returns when the last answers are there, or can't be expected any more. */
    void stop() {
        running = false;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        http.close();
    }

    /** The correlation ids of what was accepted; their addresses are at example.org. */
    Set<String> accepted() {
        return accepted;
    }

    /** Requests that were answered with something else than 202, or could not be made at all. */
    int refused() {
        return refused.get();
    }

    /** Requests that got no answer. */
    int unanswered() {
        return unanswered.get();
    }

    /** Events that the broker didn't confirm. */
    int unconfirmed() {
        return unconfirmed.get();
    }

    int reads() {
        return reads.get();
    }

    int failedReads() {
        return failedReads.get();
    }

    /** Reads of something accepted that were answered with 404. */
    int notFound() {
        return notFound.get();
    }

    private String nextKey() {
        return service + "-" + asked.incrementAndGet();
    }

    private static String address(String key) {
        return key + "@example.org";
    }

    private void publishWhileRunning() {
        Pace pace = new Pace(events);
        while (running) {
            ConcurrentNavigableMap<Long, String> waiting = new ConcurrentSkipListMap<>();
            try (Connection connection = stage.connectToRabbit();
                    Channel channel = connection.createChannel()) {
                channel.confirmSelect();
                channel.addConfirmListener(
                        (number, all) -> confirmed(waiting, number, all),
                        (number, all) -> upTo(waiting, number, all).clear());
                while (running) {
                    if (pace.isDue() && waiting.size() < MOST_UNCONFIRMED) {
                        String key = nextKey();
                        waiting.put(channel.getNextPublishSeqNo(), key);
                        publish(channel, key);
                    } else {
                        LockSupport.parkNanos(A_MOMENT);
                    }
                }
                awaitLastConfirms(waiting, channel);
            } catch (Exception lost) {
                LockSupport.parkNanos(A_PAUSE);
            }
            unconfirmed.addAndGet(waiting.size());
        }
    }

    private void confirmed(ConcurrentNavigableMap<Long, String> waiting, long number, boolean all) {
        ConcurrentNavigableMap<Long, String> these = upTo(waiting, number, all);
        accepted.addAll(these.values());
        these.clear();
    }

    private static ConcurrentNavigableMap<Long, String> upTo(
            ConcurrentNavigableMap<Long, String> waiting, long number, boolean all) {
        return all ? waiting.headMap(number, true) : waiting.subMap(number, true, number, true);
    }

    private static void awaitLastConfirms(ConcurrentNavigableMap<Long, String> waiting, Channel channel) {
        long deadline = System.nanoTime() + LAST_CONFIRMS.toNanos();
        while (!waiting.isEmpty() && channel.isOpen() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(A_MOMENT);
        }
    }

    private void publish(Channel channel, String key) throws IOException {
        String event = switch (Math.floorMod(key.hashCode(), 8)) {
            case 0, 1 -> event("UserRegistered", key, "\"username\": \"Ada\"");
            case 2 -> event("UserSecurityAlertRequested", key, "\"device\": \"laptop\"");
            default -> event("PasswordResetRequested", key, "\"reset_token\": \"1b9d\"");
        };
        channel.basicPublish(
                "notification.events",
                "user.asks",
                new BasicProperties.Builder()
                        .contentType("application/json")
                        .deliveryMode(2)
                        .build(),
                event.getBytes(StandardCharsets.UTF_8));
    }

    private String event(String type, String key, String more) {
        return """
                {"event_type": "%s", "event_id": "%s", "source_service": "%s", "correlation_id": "%s", "userid": "%s",
                 "email": "%s", %s}""".formatted(type, key, service, key, key, address(key), more);
    }

    private void callWhileRunning(int caller) {
        Pace pace = new Pace((double) calls / CALLERS);
        boolean insistent = caller % 2 == 0;
        for (int turn = caller; running; turn++) {
            if (pace.isDue()) {
                String key = nextKey();
                int tries = insistent ? MOST_TRIES : 1;
                while (tries-- > 0 && !call(stage.node(turn % stage.nodes()), key, insistent)) {
                    LockSupport.parkNanos(A_PAUSE);
                    turn++;
                }
            } else {
                LockSupport.parkNanos(A_MOMENT);
            }
        }
    }

    /** Yields whether it was accepted. */
    private boolean call(TidingsProcess node, String key, boolean insistent) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(node.http() + "/notifications/send"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("X-Service-Id", service)
                .header("X-Correlation-ID", key)
                .POST(HttpRequest.BodyPublishers.ofString(request(key)));
        if (insistent) {
            request.header("Idempotency-Key", key);
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 202) {
                accepted.add(key);
                acceptedIds.add(
                        json.readTree(answer.body()).path("notification_id").asString());
                return true;
            }
            refused.incrementAndGet();
        } catch (ConnectException nobodyThere) {
            refused.incrementAndGet();
        } catch (IOException e) {
            unanswered.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private static String request(String key) {
        return switch (Math.floorMod(key.hashCode(), 8)) {
            case 0 -> request("welcome", key, Stage.OPTED_OUT, "\"subject\": \"Hello\", \"content\": \"Good day\"");
            case 1, 2 -> request("marketing", key, key, "\"subject\": \"Offer\", \"content\": \"It's cheap.\"");
            default -> request("password_reset", key, key, """
                    "content": "password_reset", "template_vars": {"reset_link": "https://app.example.org/r?t=1"}""");
        };
    }

    private static String request(String type, String key, String userid, String content) {
        return """
                {"notification_type": "%s", "recipient_email": "%s", "userid": "%s", %s}""".formatted(type, address(key), userid, content);
    }

    private void readWhileRunning() {
        Pace pace = new Pace(READS_PER_SECOND);
        while (running) {
            @Nullable String id = anyAccepted();
            if (!pace.isDue() || id == null) {
                LockSupport.parkNanos(A_MOMENT);
                continue;
            }
            read(stage.node(ThreadLocalRandom.current().nextInt(stage.nodes())), id);
        }
    }

    private @Nullable String anyAccepted() {
        int known = acceptedIds.size();
        return known == 0 ? null : acceptedIds.get(ThreadLocalRandom.current().nextInt(known));
    }

    private void read(TidingsProcess node, String id) {
        if (!node.isAlive()) {
            return;
        }
        reads.incrementAndGet();
        try {
            int status = http.send(
                            HttpRequest.newBuilder(URI.create(node.http() + "/notifications/" + id))
                                    .timeout(PATIENCE)
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status == 404) {
                notFound.incrementAndGet();
            } else if (status != 200) {
                failedReads.incrementAndGet();
            }
        } catch (IOException | ShutdownSignalException e) {
            failedReads.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** So many a second, at even intervals; what could not be done in time is not made up for. */
    private static final class Pace {

        private static final long MOST_LATE = TimeUnit.SECONDS.toNanos(1);

        private final long interval;
        private long next = System.nanoTime();

        Pace(double perSecond) {
            interval = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
        }

        boolean isDue() {
            long now = System.nanoTime();
            if (now - next < 0) {
                return false;
            }
            next = Math.max(next, now - MOST_LATE) + interval;
            return true;
        }
    }
}
