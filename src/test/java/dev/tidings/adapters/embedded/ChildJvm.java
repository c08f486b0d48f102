package dev.tidings.adapters.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** {@link TinyTidings} as a process of its own, which may be killed. */
final class ChildJvm implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String END = "END OF OUTPUT";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private ChildJvm(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::readLines);
    }

    static ChildJvm with(Map<String, String> environment, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TinyTidings.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new ChildJvm(builder.start());
    }

    static ChildJvm in(Path directory) throws IOException {
        return with(Map.of(), TinyTidings.anywhere(directory));
    }

    /** The database's and the broker's address. */
    List<String> addresses() throws InterruptedException {
        List<String> seen = new ArrayList<>();
        while (true) {
            String line = nextLine();
            if (line.startsWith(TinyTidings.READY)) {
                return List.of(line.substring(TinyTidings.READY.length())
                        .replaceAll("[\\[\\] ]", "")
                        .split(","));
            }
            seen.add(line);
            if (line.equals(END)) {
                throw new AssertionError("Did not start: " + String.join("\n", seen));
            }
        }
    }

    String outputUntilItEnds() throws InterruptedException {
        List<String> seen = new ArrayList<>();
        for (String line = nextLine(); !line.equals(END); line = nextLine()) {
            seen.add(line);
        }
        return String.join("\n", seen);
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("Still running");
        }
        return process.exitValue();
    }

    long pid() {
        return process.pid();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        exitCode();
    }

    void terminate() throws InterruptedException {
        process.destroy();
        exitCode();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private String nextLine() throws InterruptedException {
        String line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("Silent for " + PATIENCE);
        }
        return line;
    }

    private void readLines() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines().forEach(lines::add);
        } catch (IOException | RuntimeException killed) {
            lines.add(String.valueOf(killed));
        }
        lines.add(END);
    }
}
