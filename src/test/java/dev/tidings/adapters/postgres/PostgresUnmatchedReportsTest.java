package dev.tidings.adapters.postgres;

import dev.tidings.application.delivery.ProviderMessages;
import dev.tidings.application.doubles.UnmatchedReportsContract;
import dev.tidings.application.reports.UnmatchedReports;
import dev.tidings.testing.PrivatePostgres;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class PostgresUnmatchedReportsTest extends UnmatchedReportsContract {

    private static final DataSource DATABASE = PrivatePostgres.migrated();

    private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);
    private final TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(DATABASE));

    @Override
    protected UnmatchedReports reports() {
        return new PostgresUnmatchedReports(jdbc);
    }

    @Override
    protected ProviderMessages messages() {
        return new PostgresProviderMessages(jdbc);
    }

    @Override
    protected void inOneCommit(Runnable work) {
        transactions.executeWithoutResult(_ -> work.run());
    }

    @AfterEach
    void forgetEverything() {
        jdbc.update("delete from unmatched_report");
        jdbc.update("delete from provider_message");
    }
}
