package dev.tidings.adapters.postgres;

import dev.tidings.application.contact.ContactPoints;
import dev.tidings.application.doubles.ContactPointsContract;
import dev.tidings.testing.PrivatePostgres;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class PostgresContactPointsTest extends ContactPointsContract {

    private static final DataSource DATABASE = PrivatePostgres.migrated();

    private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);
    private final TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(DATABASE));

    @Override
    protected ContactPoints contacts() {
        return new PostgresContactPoints(jdbc);
    }

    @Override
    protected void inOneCommit(Runnable work) {
        transactions.executeWithoutResult(_ -> work.run());
    }

    @AfterEach
    void forgetEverything() {
        jdbc.update("delete from contact_point");
        jdbc.update("delete from recipient");
    }
}
