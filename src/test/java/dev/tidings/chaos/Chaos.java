package dev.tidings.chaos;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/**
 * Runs the matrix, or the cells that are named, against {@code target/run/tidings.jar}; writes {@code
 * docs/kill-matrix.md} if it was the whole, else {@code target/kill-matrix.md}. Ends with 1 if a cell isn't clean.
 */
final class Chaos {

    private static final int ACCEPTED_AT_LEAST = 5_000;
    private static final Path WHOLE = Path.of("docs/kill-matrix.md");
    private static final Path PART = Path.of("target/kill-matrix.md");

    private final List<Result> results = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    private Chaos() {}

    public static void main(String[] args) throws Exception {
        System.exit(new Chaos().run(Cells.words(String.join(" ", args))) ? 0 : 1);
    }

    private boolean run(List<String> words) throws Exception {
        List<Cell> cells = Cells.named(words);
        Path directory = Files.createTempDirectory("tidings-chaos");
        say(cells.size() + " cells; logs are in " + directory);
        long start = System.nanoTime();
        Stage.Program program = new Stage.Program(
                List.of("@infra/java.options", "-Xmx" + System.getProperty("chaos.heap", "384m")),
                List.of("-jar", "target/run/tidings.jar"));
        Map<String, String> versions;
        try (Stage stage = Stage.set(
                directory, program, cells.stream().anyMatch(cell -> cell.id().endsWith("disk-full")))) {
            settle(stage);
            versions = versions(stage);
            say("ready after " + since(start));
            for (Cell cell : cells) {
                run(stage, cell);
            }
        }
        String page = Report.page(
                results,
                leftOut,
                versions,
                words.isEmpty() ? "make chaos" : "make chaos CELLS=" + String.join(",", words));
        Files.writeString(words.isEmpty() ? WHOLE : PART, page);
        say(page);
        say("It took " + since(start) + "; the page is " + (words.isEmpty() ? WHOLE : PART));
        return results.stream().allMatch(Result::isClean);
    }

    private void run(Stage stage, Cell cell) throws Exception {
        long start = System.nanoTime();
        try {
            Result result = Trial.of(stage, cell, ACCEPTED_AT_LEAST);
            results.add(result);
            say(cell.id() + " took " + since(start) + ": " + Report.line(result));
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof Cells.NotHere notHere)) {
                throw e;
            }
            leftOut.add(cell.id() + " " + notHere.getMessage());
            say(leftOut.getLast());
        }
    }

    /** A quorum queue that is killed within moments of its declaration loses its leader: RabbitMQ's, not ours. */
    private static void settle(Stage stage) {
        stage.rabbit.stop();
        stage.rabbit.start();
        stage.becomesWhole().ifPresent(ailing -> {
            throw new IllegalStateException("The installation doesn't get ready: " + ailing);
        });
    }

    private static Map<String, String> versions(Stage stage) throws Exception {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("Tidings", revision());
        versions.put("Java", Runtime.version().toString());
        versions.put("PostgreSQL", postgres(stage));
        try (Connection connection = stage.connectToRabbit()) {
            versions.put(
                    "RabbitMQ", String.valueOf(connection.getServerProperties().get("version")));
        }
        return versions;
    }

    private static String postgres(Stage stage) throws SQLException {
        try (java.sql.Connection connection = stage.connectToPrimary()) {
            return connection.getMetaData().getDatabaseProductVersion();
        }
    }

    private static String revision() throws IOException {
        Process git = new ProcessBuilder("git", "describe", "--always", "--dirty").start();
        return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private static String since(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s";
    }

    @SuppressWarnings("SystemOut")
    static void say(String text) {
        System.out.println(text);
    }
}
