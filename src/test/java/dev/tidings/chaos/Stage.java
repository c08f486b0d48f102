package dev.tidings.chaos;

import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.tidings.adapters.embedded.PrivatePostgres;
import dev.tidings.testing.PrivateRabbit;
import dev.tidings.testing.TidingsProcess;
import dev.tidings.testing.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole installation: two Tidings, a primary with a streaming standby, a RabbitMQ, a mail relay; each a process, or
 * behind a {@link Wire}, that something can be done to.
 */
public final class Stage implements AutoCloseable {

    /** Shorter than the default of 60 s, so that a node frozen for 20 s loses its claims to the other one. */
    static final Duration LEASE = Duration.ofSeconds(15);

    /** Shorter than the defaults of 2 min and 30 s, so that silence is noticed while somebody watches. */
    static final Duration PATIENCE_WITH_RELAY = Duration.ofSeconds(10);

    static final String OPTED_OUT = "opted-out";

    private static final Duration WHOLE_AGAIN = Duration.ofSeconds(90);

    final MailSink sink = new MailSink();
    final PrivateRabbit rabbit;
    final Wire toRabbit;
    final Announced announced;
    private final Path directory;
    private final @Nullable Disk firstDisk;
    private final @Nullable Disk secondDisk;
    private final PrivatePostgres first;
    private final PrivatePostgres second;
    private final Wire toFirst;
    private final Wire toSecond;
    private final List<TidingsProcess> nodes;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean secondIsPrimary;

    /** How Tidings is run. */
    public record Program(List<String> javaOptions, List<String> arguments) {}

    private Stage(Path directory, Program program, boolean withDisks) throws Exception {
        this.directory = directory;
        parts.push(sink);
        firstDisk = withDisks ? disk("first-disk") : null;
        secondDisk = withDisks ? disk("second-disk") : null;
        rabbit = PrivateRabbit.started();
        parts.push(rabbit);
        first = PrivatePostgres.started(on(firstDisk).resolve("first"));
        parts.push(first);
        second = PrivatePostgres.following(first, on(secondDisk).resolve("second"));
        parts.push(second);
        toFirst = Wire.to(first.port());
        parts.push(toFirst);
        toSecond = Wire.to(second.port());
        parts.push(toSecond);
        toRabbit = Wire.to(port(rabbit.url()));
        parts.push(toRabbit);
        nodes = started(program);
        nodes.forEach(parts::push);
        announced = new Announced(rabbit.url());
        parts.push(announced);
        try (Connection connection = connectToRabbit()) {
            announced.declare(connection);
        }
        nodes.getFirst().post("/notifications/preferences", """
                        {"userid": "%s", "notification_email": "%s@example.org", "preferences": {"welcome": false}}""".formatted(OPTED_OUT, OPTED_OUT));
    }

    /** @param withDisks whether primary and standby get a file system of their own each, if that can be had */
    public static Stage set(Path directory, Program program, boolean withDisks) throws Exception {
        return new Stage(directory, program, withDisks);
    }

    private @Nullable Disk disk(String name) throws IOException {
        Optional<Disk> disk = Disk.mounted(directory.resolve(name));
        disk.ifPresent(parts::push);
        return disk.orElse(null);
    }

    private Path on(@Nullable Disk disk) {
        return disk == null ? directory : disk.root();
    }

    private static int port(String url) {
        return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
    }

    private List<TidingsProcess> started(Program program) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<TidingsProcess> a = threads.submit(node("a", program));
            Future<TidingsProcess> b = threads.submit(node("b", program));
            return List.of(a.get(), b.get());
        }
    }

    private Callable<TidingsProcess> node(String name, Program program) throws IOException {
        Path home = Files.createDirectories(directory.resolve("tidings-" + name));
        String hosts = "postgresql://postgres@127.0.0.1:" + toFirst.port() + ",127.0.0.1:" + toSecond.port() + "/"
                + PrivatePostgres.DATABASE + "?target_session_attrs=";
        Map<String, String> environment = new HashMap<>();
        environment.put("TIDINGS_NODE", name);
        environment.put("DATABASE_URL", hosts + "read-write");
        environment.put("STANDBY_DATABASE_URL", hosts + "standby");
        environment.put("RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:" + toRabbit.port());
        environment.put("SMTP_HOST", "127.0.0.1");
        environment.put("SMTP_PORT", String.valueOf(sink.port()));
        environment.put("SMTP_TLS", "none");
        environment.put("TIDINGS_DELIVERY_LEASE", LEASE.toSeconds() + "s");
        environment.put("TIDINGS_MAIL_ACCEPTTIMEOUT", PATIENCE_WITH_RELAY.toSeconds() + "s");
        environment.put("TIDINGS_MAIL_READTIMEOUT", PATIENCE_WITH_RELAY.toSeconds() + "s");
        return () -> TidingsProcess.started(home, environment, program.javaOptions, program.arguments);
    }

    Path directory() {
        return directory;
    }

    PrivatePostgres primary() {
        return secondIsPrimary ? second : first;
    }

    PrivatePostgres standby() {
        return secondIsPrimary ? first : second;
    }

    Wire toPrimary() {
        return secondIsPrimary ? toSecond : toFirst;
    }

    Wire toStandby() {
        return secondIsPrimary ? toFirst : toSecond;
    }

    /** The standby becomes the primary; what the primary was is none any more. */
    void promoteStandby() {
        standby().promote();
        secondIsPrimary = !secondIsPrimary;
    }

    TidingsProcess node(int number) {
        return nodes.get(number);
    }

    int nodes() {
        return nodes.size();
    }

    Optional<Disk> primaryDisk() {
        return Optional.ofNullable(secondIsPrimary ? secondDisk : firstDisk);
    }

    Optional<Disk> standbyDisk() {
        return Optional.ofNullable(secondIsPrimary ? firstDisk : secondDisk);
    }

    Connection connectToRabbit() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(rabbit.url());
        factory.setAutomaticRecoveryEnabled(false);
        return factory.newConnection("chaos");
    }

    java.sql.Connection connectToPrimary() throws SQLException {
        return primary().connect();
    }

    /** Yields what isn't up again after a while; empty when all is. */
    Optional<String> becomesWhole() {
        nodes.stream().filter(node -> !node.isAlive()).forEach(TidingsProcess::startAgain);
        try {
            await().atMost(WHOLE_AGAIN)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> nodes.stream().allMatch(node -> ailing(node).isEmpty()));
            return Optional.empty();
        } catch (ConditionTimeoutException e) {
            return Optional.of(nodes.stream().map(Stage::ailing).toList().toString());
        }
    }

    private static List<String> ailing(TidingsProcess node) {
        try {
            JsonNode parts =
                    new JsonMapper().readTree(node.get("/broker/health").body()).path("parts");
            return List.of("primary", "standby", "broker", "mail", "projections").stream()
                    .filter(part ->
                            !parts.path(part).path("status").asString("").equals("up"))
                    .map(part -> part + ": "
                            + parts.path(part).path("detail").asString("").split("\n", 2)[0])
                    .toList();
        } catch (RuntimeException e) {
            return List.of(e.toString());
        }
    }

    @Override
    public void close() {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                Chaos.say("Could not be ended: " + e);
            }
        }
    }
}
