package dev.tidings.adapters.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

class EmbeddedPartsTest {

    @TempDir
    private Path directory;

    @Test
    void rows_are_kept_across_a_restart_and_reach_the_standby() throws SQLException {
        try (ConfigurableApplicationContext context = TinyTidings.startedIn(directory)) {
            assertThat(property(context, "tidings.embedded.parts")).isEqualTo("postgres,broker,mail");
            answer(context, "tidings.database.url", "create table note as select 'kept' as text");
        }
        try (ConfigurableApplicationContext context = TinyTidings.startedIn(directory)) {
            assertThat(answer(context, "tidings.database.url", "select text from note"))
                    .isEqualTo("kept");
            assertThat(answer(context, "tidings.database.standby-url", "select text from note"))
                    .isEqualTo("kept");
        }
    }

    private static String property(ConfigurableApplicationContext context, String name) {
        return context.getEnvironment().getRequiredProperty(name);
    }

    private static String answer(ConfigurableApplicationContext context, String url, String sql) throws SQLException {
        String jdbcUrl =
                property(context, url).replace("postgresql://postgres@", "jdbc:postgresql://") + "?user=postgres";
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }
}
