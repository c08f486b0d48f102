package dev.tidings.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** SIGSTOP and SIGCONT, which Java itself can't send. A frozen process keeps all it has, and says nothing. */
public final class Freezing {

    private Freezing() {}

    public static void freeze(List<ProcessHandle> processes) {
        signal("-STOP", processes);
    }

    public static void thaw(List<ProcessHandle> processes) {
        signal("-CONT", processes);
    }

    private static void signal(String signal, List<ProcessHandle> processes) {
        try {
            new ProcessBuilder(Stream.concat(
                                    Stream.of("kill", signal),
                                    processes.stream().map(process -> Long.toString(process.pid())))
                            .toList())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
