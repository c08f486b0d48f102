package dev.tidings.adapters.sandbox;

import dev.tidings.application.reports.ProviderNewsDesk;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@Configuration(proxyBeanMethods = false)
@Conditional(SandboxIsOn.class)
class SandboxConfiguration {

    @Bean
    SandboxMessages sandboxMessages(JdbcTemplate jdbc) {
        return new SandboxMessages(jdbc);
    }

    @Bean
    Sandboxes sandboxes(SandboxMessages messages, SandboxSettings settings, InstantSource clock) {
        return new Sandboxes(messages, settings, clock);
    }

    @Bean
    ReportRounds sandboxReports(SandboxMessages messages, ObjectProvider<ProviderNewsDesk> desk, InstantSource clock) {
        return new ReportRounds(new DueReports(messages, desk, clock));
    }
}
