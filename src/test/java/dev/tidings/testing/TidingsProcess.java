package dev.tidings.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The service as a process of its own, which a test may kill. Its data directory and its ports outlive it. */
public final class TidingsProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Path directory;
    private final int httpPort = freePort();
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> javaOptions;
    private final List<String> program;
    private final HttpClient http = HttpClient.newHttpClient();
    private Process process;

    /** On this test's class path. {@code environment} as an operator would set it. */
    public static TidingsProcess started(Path directory, Map<String, String> environment) {
        return started(
                directory,
                environment,
                List.of("-XX:TieredStopAtLevel=1", "-Xmx512m"),
                List.of("-cp", System.getProperty("java.class.path"), "dev.tidings.Tidings"));
    }

    public static TidingsProcess started(
            Path directory, Map<String, String> environment, List<String> javaOptions, List<String> program) {
        return new TidingsProcess(directory, environment, javaOptions, program);
    }

    private TidingsProcess(
            Path directory, Map<String, String> environment, List<String> javaOptions, List<String> program) {
        this.directory = directory;
        this.javaOptions = javaOptions;
        this.program = program;
        this.environment.putAll(Map.of(
                "PORT", String.valueOf(httpPort),
                "TIDINGS_DATA", directory.resolve("var").toString(),
                "TIDINGS_EMBEDDED_POSTGRES_PORT", String.valueOf(freePort()),
                "TIDINGS_EMBEDDED_STANDBY_PORT", String.valueOf(freePort()),
                "TIDINGS_EMBEDDED_AMQP_PORT", String.valueOf(freePort()),
                "TIDINGS_EMBEDDED_SMTP_PORT", String.valueOf(freePort())));
        this.environment.putAll(environment);
        this.process = spawn();
        awaitReady();
    }

    /** Starts it once more, on the same data and ports. */
    public void startAgain() {
        process = spawn();
        awaitReady();
    }

    private Process spawn() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(javaOptions);
        command.addAll(program);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!ready()) {
            if (!process.isAlive()) {
                throw new IllegalStateException("Tidings ended with " + process.exitValue() + ": see " + log());
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Tidings isn't ready after " + PATIENCE + ": see " + log());
            }
        }
    }

    private boolean ready() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
            return get("/broker/health/readiness").statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder().GET(), path);
    }

    public HttpResponse<String> post(String path, String json) {
        return send(
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)),
                path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path) {
        try {
            return http.send(
                    request.uri(URI.create(http() + path))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public String http() {
        return "http://127.0.0.1:" + httpPort;
    }

    public String amqp() {
        return environment.getOrDefault(
                "RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:" + environment.get("TIDINGS_EMBEDDED_AMQP_PORT") + "/");
    }

    /** To the embedded primary, as user postgres without a password. */
    public String jdbc() {
        return "jdbc:postgresql://127.0.0.1:" + environment.get("TIDINGS_EMBEDDED_POSTGRES_PORT") + "/tidings";
    }

    /** The same, as {@code DATABASE_URL} of another node says it. */
    public String databaseUrl() {
        return jdbc().replace("jdbc:postgresql://", "postgresql://postgres@");
    }

    public Path log() {
        return directory.resolve("tidings.log");
    }

    public long pid() {
        return process.pid();
    }

    /** SIGKILL: it gets no chance to say anything. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM. */
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public void freeze() {
        Freezing.freeze(List.of(process.toHandle()));
    }

    public void thaw() {
        Freezing.thaw(List.of(process.toHandle()));
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("Tidings didn't end: see " + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
