package dev.tidings.adapters.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What postmaster.pid says about the server of a data directory: pid, data directory, start time.
 *
 * @see <a href="https://www.postgresql.org/docs/18/storage-file-layout.html">PostgreSQL: file layout</a>
 */
record Postmaster(Path dataDirectory, List<String> lines) {

    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(10);

    static Optional<Postmaster> of(Path dataDirectory) throws IOException {
        try {
            return Optional.of(new Postmaster(dataDirectory, Files.readAllLines(pidFile(dataDirectory))));
        } catch (NoSuchFileException noServer) {
            return Optional.empty();
        }
    }

    /** Empty when it is gone, also when its pid belongs to another program by now. */
    Optional<ProcessHandle> process() {
        return pid().flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive)
                .filter(this::isPostmasterOfThisDirectory);
    }

    /**
     * Makes a reused pid harmless. A server refuses to start while the process named in the file lives, unless it is an
     * ancestor of its own; its check for orphans on the same shared memory stays in force, which deleting the file
     * would lose.
     */
    void disown() throws IOException {
        List<String> ours = new ArrayList<>(lines);
        ours.set(0, Long.toString(ProcessHandle.current().pid()));
        Files.write(pidFile(dataDirectory), ours);
    }

    private static Path pidFile(Path dataDirectory) {
        return dataDirectory.resolve("postmaster.pid");
    }

    private Optional<Long> pid() {
        try {
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Long.parseLong(lines.get(0).trim()));
        } catch (NumberFormatException tornFile) {
            return Optional.empty();
        }
    }

    private boolean isPostmasterOfThisDirectory(ProcessHandle process) {
        boolean isPostgres = process.info()
                .command()
                .filter(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
                .isPresent();
        return isPostgres && (namesThisDirectory(process) || startedAsTheFileSays(process));
    }

    private boolean namesThisDirectory(ProcessHandle process) {
        return process.info()
                .commandLine()
                .filter(command -> command.contains(dataDirectory.toString()))
                .isPresent();
    }

    private boolean startedAsTheFileSays(ProcessHandle process) {
        return lines.size() > 2
                && process.info()
                        .startInstant()
                        .filter(started ->
                                Duration.between(started, startedInFile()).abs().compareTo(CLOCK_TOLERANCE) < 0)
                        .isPresent();
    }

    private Instant startedInFile() {
        return Instant.ofEpochSecond(Long.parseLong(lines.get(2).trim()));
    }
}
