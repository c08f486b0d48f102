package dev.tidings.adapters.sandbox;

import dev.tidings.application.commit.Periodically;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Tells what is due, as long as the rest of Tidings works. */
final class ReportRounds implements SmartLifecycle {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final DueReports reports;
    private @Nullable Periodically rounds;

    ReportRounds(DueReports reports) {
        this.reports = reports;
    }

    @Override
    public synchronized void start() {
        rounds = Periodically.start("sandbox-reports", PAUSE, reports::tell);
    }

    @Override
    public synchronized void stop() {
        if (rounds != null) {
            rounds.close();
            rounds = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return rounds != null;
    }
}
