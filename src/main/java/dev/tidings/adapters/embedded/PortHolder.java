package dev.tidings.adapters.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which process listens on a port, where the system tells (Linux, and only of processes we may look into). */
final class PortHolder {

    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";
    private static final int LONGEST_COMMAND = 120;

    private PortHolder() {}

    static Optional<String> of(int port) {
        Set<String> sockets = new HashSet<>();
        sockets.addAll(listeningSockets(PROC.resolve("net/tcp"), port));
        sockets.addAll(listeningSockets(PROC.resolve("net/tcp6"), port));
        return sockets.isEmpty()
                ? Optional.empty()
                : ProcessHandle.allProcesses()
                        .filter(process -> holdsAny(process, sockets))
                        .findFirst()
                        .map(PortHolder::describe);
    }

    private static Set<String> listeningSockets(Path table, int port) {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        Set<String> sockets = new HashSet<>();
        try (Stream<String> lines = Files.lines(table)) {
            lines.map(line -> line.trim().split("\\s+"))
                    .filter(f -> f.length > 9 && f[1].endsWith(suffix) && f[3].equals(LISTENING))
                    .forEach(f -> sockets.add("socket:[" + f[9] + "]"));
        } catch (IOException | RuntimeException notToldHere) {
            return Set.of();
        }
        return sockets;
    }

    private static boolean holdsAny(ProcessHandle process, Set<String> sockets) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(PROC.resolve(process.pid() + "/fd"))) {
            for (Path file : files) {
                if (Files.isSymbolicLink(file)
                        && sockets.contains(Files.readSymbolicLink(file).toString())) {
                    return true;
                }
            }
        } catch (IOException | RuntimeException notOursOrGone) {
            return false;
        }
        return false;
    }

    private static String describe(ProcessHandle process) {
        String command =
                process.info().commandLine().or(() -> process.info().command()).orElse("unknown");
        return "process " + process.pid() + " ("
                + (command.length() > LONGEST_COMMAND ? command.substring(0, LONGEST_COMMAND) + "…" : command) + ")";
    }
}
