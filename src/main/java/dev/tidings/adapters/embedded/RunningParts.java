package dev.tidings.adapters.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the parts side by side; stops them one by one, the first last. */
final class RunningParts {

    private static final Logger log = LoggerFactory.getLogger(RunningParts.class);

    private final List<Part> parts;
    private boolean stopped;

    RunningParts(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    synchronized void start() throws Exception {
        if (stopped) {
            throw new IllegalStateException("Stopped before it was started");
        }
        for (Part part : parts) {
            part.stopLeftOver();
        }
        parts.stream().flatMap(part -> part.ports().stream()).forEach(Port::mustBeFree);
        List<Future<String>> starts = new ArrayList<>();
        // Not virtual ones: those that load classes keep their carriers, and two cores have two of them.
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            for (Part part : parts) {
                starts.add(threads.submit(timed(part)));
            }
        }
        List<String> ready = new ArrayList<>();
        for (Future<String> start : starts) {
            ready.add(start.get());
        }
        log.info("Embedded and ready: {}", String.join(", ", ready));
    }

    /** A stop that comes while they are starting waits for that first, so that nothing is left behind. */
    synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        for (Part part : parts.reversed()) {
            try {
                part.stop();
            } catch (RuntimeException e) {
                log.warn("Embedded {} did not stop cleanly", part.name(), e);
            }
        }
    }

    private static Callable<String> timed(Part part) {
        return () -> {
            long begin = System.nanoTime();
            part.start();
            return part.name() + " in " + (System.nanoTime() - begin) / 1_000_000 + " ms";
        };
    }
}
