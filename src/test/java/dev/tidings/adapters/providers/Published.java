package dev.tidings.adapters.providers;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What vendors publish: their contracts, served by Prism, which refuses what they don't allow; and their own libraries.
 * Both are there once {@code make conformance} has fetched them.
 */
public final class Published implements AutoCloseable {

    private static final Path TOOLS = Path.of("target/conformance/node_modules").toAbsolutePath();

    private final Process prism;
    private final int port;

    private Published(Process prism, int port) {
        this.prism = prism;
        this.port = port;
    }

    public static Path contract(String name) {
        return Path.of(System.getenv().getOrDefault("CONTRACTS", "../shared/contracts"), name);
    }

    /** Serves a contract on a port of its own. */
    public static Published serve(Path contract) {
        try {
            int port = freePort();
            Process prism = node(
                            TOOLS.resolve("@stoplight/prism-cli/dist/index.js").toString(),
                            "mock",
                            "--errors",
                            "--host",
                            "127.0.0.1",
                            "--port",
                            Integer.toString(port),
                            contract.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(Path.of("target/conformance/prism.log").toFile())
                    .start();
            Published published = new Published(prism, port);
            published.awaitStart();
            return published;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitStart() {
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> answers() || !prism.isAlive());
        } catch (ConditionTimeoutException e) {
            close();
            throw e;
        }
        if (!prism.isAlive()) {
            throw new IllegalStateException("Prism has ended: see target/conformance/prism.log");
        }
    }

    private boolean answers() {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** What a script prints that may {@code require} the vendors' libraries; arguments begin at {@code process.argv[1]}. */
    public static String run(String script, String... arguments) {
        List<String> all = new ArrayList<>(List.of("-e", script, "--"));
        all.addAll(List.of(arguments));
        try {
            Process process =
                    node(all.toArray(String[]::new)).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static ProcessBuilder node(String... arguments) {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("NODE_PATH", TOOLS.toString());
        return builder;
    }

    @Override
    public void close() {
        prism.destroy();
        try {
            if (!prism.waitFor(5, TimeUnit.SECONDS)) {
                prism.destroyForcibly();
            }
        } catch (InterruptedException e) {
            prism.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
