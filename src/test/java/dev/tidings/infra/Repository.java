package dev.tidings.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of this repository, as its users see them. */
final class Repository {
    private static final Path ROOT = Path.of("").toAbsolutePath();

    private Repository() {}

    static Path path(String relative) {
        return ROOT.resolve(relative);
    }

    static String text(String relative) {
        return text(path(relative));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Tree yaml(String relative) {
        return new Tree(relative, new Yaml(new SafeConstructor(new LoaderOptions())).load(text(relative)));
    }

    static List<Path> filesIn(String... directories) {
        return Stream.of(directories)
                .map(Repository::path)
                .flatMap(Repository::walk)
                .toList();
    }

    /** The variables that an environment file sets. */
    static Map<String, String> variables(Path environmentFile) {
        Map<String, String> variables = new TreeMap<>();
        text(environmentFile)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("=", 2))
                .forEach(line -> variables.put(line[0], line[1]));
        return variables;
    }

    static List<String> matches(String regex, String text) {
        return Pattern.compile(regex, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    static Run run(Map<String, String> environment, String... command) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return new Run(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    record Run(int status, String output) {}

    private static Stream<Path> walk(Path directory) {
        try (Stream<Path> found = Files.walk(directory)) {
            return found
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(path("config/secrets")))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
