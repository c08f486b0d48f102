package dev.tidings.adapters.sandbox;

import dev.tidings.adapters.sandbox.SandboxMessages.DueReport;
import dev.tidings.application.reports.ProviderNews;
import dev.tidings.application.reports.ProviderNewsDesk;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;

/** Says later what the sandbox has to say of what it took, as other providers do by callbacks. */
final class DueReports {

    private static final int BATCH = 200;
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final SandboxMessages messages;
    private final ObjectProvider<ProviderNewsDesk> desk;
    private final InstantSource clock;

    DueReports(SandboxMessages messages, ObjectProvider<ProviderNewsDesk> desk, InstantSource clock) {
        this.messages = messages;
        this.desk = desk;
        this.clock = clock;
    }

    /** All that are due. */
    void tell() {
        ProviderNewsDesk listening = desk.getIfAvailable();
        if (listening != null) {
            int told;
            do {
                told = tellSome(listening);
            } while (told == BATCH);
        }
    }

    private int tellSome(ProviderNewsDesk listening) {
        Instant now = clock.instant();
        List<DueReport> due = messages.takeDue(now, LEASE, BATCH);
        due.stream().collect(Collectors.groupingBy(DueReport::channel)).forEach((channel, reports) -> {
            List<ProviderNews> news = reports.stream()
                    .map(report -> (ProviderNews) report.at(now))
                    .toList();
            listening.heard(SandboxMessages.providerOf(channel), news);
            messages.reported(reports);
        });
        return due.size();
    }
}
