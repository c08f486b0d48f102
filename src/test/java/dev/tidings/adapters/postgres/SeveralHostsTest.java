package dev.tidings.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.adapters.embedded.PrivatePostgres;
import dev.tidings.adapters.postgres.PostgresUrl.Wanted;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** Both drivers find the primary and the standby among several hosts, before a promotion and after it. */
class SeveralHostsTest {

    private static final String PORT = "select inet_server_port()";

    @Test
    void the_writable_host_is_the_primary_and_the_other_the_standby_whichever_they_are(@TempDir Path directory)
            throws SQLException {
        try (PrivatePostgres first = PrivatePostgres.started(directory.resolve("first"));
                PrivatePostgres second = PrivatePostgres.following(first, directory.resolve("second"))) {
            String url = "postgresql://postgres@127.0.0.1:" + second.port() + ",127.0.0.1:" + first.port() + "/"
                    + PrivatePostgres.DATABASE;
            PostgresUrl primary = PostgresUrl.parse("DATABASE_URL", url, Wanted.READ_WRITE);
            PostgresUrl standby = PostgresUrl.parse("STANDBY_DATABASE_URL", url, Wanted.STANDBY);

            assertThat(byJdbc(primary)).isEqualTo(first.port());
            assertThat(byR2dbc(primary)).isEqualTo(first.port());
            assertThat(byJdbc(standby)).isEqualTo(second.port());
            assertThat(byR2dbc(standby)).isEqualTo(second.port());

            first.kill();
            second.promote();

            await().ignoreExceptions().untilAsserted(() -> {
                assertThat(byJdbc(primary)).isEqualTo(second.port());
                assertThat(byR2dbc(primary)).isEqualTo(second.port());
            });

            first.follow(second);

            await().ignoreExceptions().untilAsserted(() -> {
                assertThat(byJdbc(standby)).isEqualTo(first.port());
                assertThat(byR2dbc(standby)).isEqualTo(first.port());
            });
        }
    }

    private static int byJdbc(PostgresUrl url) throws SQLException {
        try (java.sql.Connection connection = DriverManager.getConnection(url.jdbc(), url.username(), url.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PORT)) {
            row.next();
            return row.getInt(1);
        }
    }

    private static int byR2dbc(PostgresUrl url) {
        return Objects.requireNonNull(Mono.usingWhen(
                        ConnectionFactories.get(url.r2dbc()).create(),
                        connection -> Mono.from(connection.createStatement(PORT).execute())
                                .flatMap(result -> Mono.from(result.map((row, _) -> row.get(0, Integer.class)))),
                        Connection::close)
                .block());
    }
}
