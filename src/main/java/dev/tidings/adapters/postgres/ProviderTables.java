package dev.tidings.adapters.postgres;

import dev.tidings.application.acceptance.Fallbacks;
import dev.tidings.application.acceptance.RecipientLimits;
import dev.tidings.application.contact.ContactPoints;
import dev.tidings.application.delivery.ProviderChoices;
import dev.tidings.application.delivery.ProviderMessages;
import dev.tidings.application.delivery.ProviderUsage;
import dev.tidings.application.reports.UnmatchedReports;
import dev.tidings.application.suppression.Suppressions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is kept of recipients and providers. */
@Configuration(proxyBeanMethods = false)
class ProviderTables {

    @Bean
    Suppressions suppressions(JdbcTemplate jdbc) {
        return new PostgresSuppressions(jdbc);
    }

    @Bean
    ContactPoints contactPoints(JdbcTemplate jdbc) {
        return new PostgresContactPoints(jdbc);
    }

    @Bean
    ProviderMessages providerMessages(JdbcTemplate jdbc) {
        return new PostgresProviderMessages(jdbc);
    }

    @Bean
    UnmatchedReports unmatchedReports(JdbcTemplate jdbc) {
        return new PostgresUnmatchedReports(jdbc);
    }

    @Bean
    Fallbacks fallbacks(JdbcTemplate jdbc) {
        return new PostgresFallbacks(jdbc);
    }

    @Bean
    RecipientLimits recipientLimits(JdbcTemplate jdbc) {
        return new PostgresRecipientLimits(jdbc);
    }

    @Bean
    ProviderChoices providerChoices(JdbcTemplate jdbc) {
        return new PostgresProviderChoices(jdbc);
    }

    @Bean
    ProviderUsage providerUsage(JdbcTemplate jdbc) {
        return new PostgresProviderUsage(jdbc);
    }
}
