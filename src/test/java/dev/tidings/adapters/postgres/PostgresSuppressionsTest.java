package dev.tidings.adapters.postgres;

import dev.tidings.application.doubles.SuppressionsContract;
import dev.tidings.application.suppression.Suppressions;
import dev.tidings.testing.PrivatePostgres;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class PostgresSuppressionsTest extends SuppressionsContract {

    private static final DataSource DATABASE = PrivatePostgres.migrated();

    private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);
    private final TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(DATABASE));

    @Override
    protected Suppressions suppressions() {
        return new PostgresSuppressions(jdbc);
    }

    @Override
    protected void inOneCommit(Runnable work) {
        transactions.executeWithoutResult(_ -> work.run());
    }

    @AfterEach
    void forgetEverything() {
        jdbc.update("delete from suppression");
    }
}
