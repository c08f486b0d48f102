package dev.tidings.adapters.postgres;

import dev.tidings.application.delivery.ProviderChoices;
import dev.tidings.application.doubles.ProviderChoicesContract;
import dev.tidings.testing.PrivatePostgres;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresProviderChoicesTest extends ProviderChoicesContract {

    private static final DataSource DATABASE = PrivatePostgres.migrated();

    private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);

    @Override
    protected ProviderChoices choices() {
        return new PostgresProviderChoices(jdbc);
    }

    @AfterEach
    void forgetEverything() {
        jdbc.update("delete from provider_choice");
    }
}
