package dev.tidings.testing;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;

/**
 * A RabbitMQ of one's own, with its own data, user, ports and port mapper, that may be stopped, killed and started
 * again on the same data. Ends with this JVM at the latest.
 */
public final class PrivateRabbit implements AutoCloseable {

    private static final Path PROGRAMS = Path.of("/usr/lib/rabbitmq/bin");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Its launcher alone takes most of a minute while two cores compile two Tidings that have just started. */
    private static final Duration TO_START = Duration.ofMinutes(4);

    private final Path directory;
    private final int port = freePort();
    private final Map<String, String> environment;
    private final Process portMapper;
    private final Thread atExit = new Thread(this::end);

    private PrivateRabbit(String configuration) throws IOException {
        if (!Files.isExecutable(PROGRAMS.resolve("rabbitmq-server"))) {
            throw new IllegalStateException(
                    "This test starts RabbitMQ, and there is no " + PROGRAMS.resolve("rabbitmq-server")
                            + ": run make test, or infra/bin/test-needs, which installs what the tests need.");
        }
        directory = Files.createTempDirectory("tidings-rabbitmq-");
        Files.writeString(directory.resolve("enabled_plugins"), "[].");
        Files.createFile(directory.resolve("rabbitmq-env.conf"));
        Files.writeString(directory.resolve("rabbitmq.conf"), """
                listeners.tcp.default = 127.0.0.1:%d
                disk_free_limit.absolute = 50MB
                vm_memory_high_watermark.absolute = 1GB
                %s""".formatted(port, configuration));
        int portMapperPort = freePort();
        environment = environment(portMapperPort);
        portMapper = start("epmd", "-port", Integer.toString(portMapperPort), "-address", "127.0.0.1");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    public static PrivateRabbit started() {
        return startedWith("");
    }

    /** {@code configuration} as in rabbitmq.conf. */
    public static PrivateRabbit startedWith(String configuration) {
        try {
            PrivateRabbit rabbit = new PrivateRabbit(configuration);
            rabbit.start();
            return rabbit;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One for all tests that leave it running; they clean up their queues. */
    public static PrivateRabbit shared() {
        return Shared.RABBIT;
    }

    private static final class Shared {
        private static final PrivateRabbit RABBIT = started();
    }

    public String url() {
        return "amqp://guest:guest@127.0.0.1:" + port;
    }

    /** Returns when clients can connect. Starts on what was there before. */
    public void start() {
        Process launcher;
        try {
            launcher = start(PROGRAMS.resolve("rabbitmq-server").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("RabbitMQ, see " + directory)
                .atMost(TO_START)
                .pollInterval(Duration.ofMillis(50))
                .failFast(() -> !launcher.isAlive())
                .until(this::takesConnections);
    }

    private boolean takesConnections() {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setPort(port);
        try (Connection connection = factory.newConnection()) {
            return connection.isOpen();
        } catch (IOException | TimeoutException notYet) {
            return false;
        }
    }

    /** As an administrator would: what is durable is on the disk when this returns. */
    public void stop() {
        broker().forEach(process -> {
            process.destroy();
            await(process);
        });
    }

    public void kill() {
        broker().forEach(process -> {
            process.destroyForcibly();
            await(process);
        });
    }

    public void freeze() {
        Freezing.freeze(broker().toList());
    }

    public void thaw() {
        Freezing.thaw(broker().toList());
    }

    /** Runs rabbitmqctl. */
    public String control(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(PROGRAMS.resolve("rabbitmqctl").toString());
        command.add("-q");
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        end();
    }

    private void end() {
        kill();
        portMapper.destroyForcibly();
        await(portMapper.toHandle());
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<ProcessHandle> broker() {
        try {
            Path pid = directory.resolve("pid");
            return Files.exists(pid)
                    ? ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).stream()
                    : Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("process " + process.pid() + " doesn't end", e);
        }
    }

    private Process start(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("out").toFile()));
        builder.environment().putAll(Objects.requireNonNullElse(environment, Map.of()));
        return builder.start();
    }

    private Map<String, String> environment(int portMapperPort) throws IOException {
        return Map.ofEntries(
                Map.entry(
                        "HOME", Files.createDirectory(directory.resolve("home")).toString()),
                Map.entry("RABBITMQ_NODENAME", "tidings" + port + "@localhost"),
                Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
                Map.entry("RABBITMQ_NODE_PORT", Integer.toString(port)),
                Map.entry("RABBITMQ_DIST_PORT", Integer.toString(freePort())),
                Map.entry("ERL_EPMD_PORT", Integer.toString(portMapperPort)),
                Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                Map.entry("RABBITMQ_MNESIA_BASE", file("mnesia")),
                Map.entry("RABBITMQ_LOG_BASE", file("log")),
                Map.entry("RABBITMQ_PID_FILE", file("pid")),
                Map.entry("RABBITMQ_CONF_ENV_FILE", file("rabbitmq-env.conf")),
                Map.entry("RABBITMQ_CONFIG_FILE", file("rabbitmq")),
                Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", file("enabled_plugins")),
                Map.entry("RABBITMQ_FEATURE_FLAGS_FILE", file("feature_flags")),
                Map.entry("RABBITMQ_GENERATED_CONFIG_DIR", file("generated")),
                Map.entry("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}"));
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
