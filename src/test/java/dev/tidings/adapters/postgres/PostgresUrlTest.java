package dev.tidings.adapters.postgres;

import static dev.tidings.adapters.postgres.PostgresUrl.Wanted.READ_WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidings.adapters.postgres.PostgresUrl.Wanted;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {

    @Test
    void one_host_is_taken_as_it_is() {
        PostgresUrl url = parse("postgresql+asyncpg://ada:s%2Fcret@db.example:5999/tidings?sslmode=require");

        assertThat(url.username()).isEqualTo("ada");
        assertThat(url.password()).isEqualTo("s/cret");
        assertThat(url.jdbc())
                .isEqualTo("jdbc:postgresql://db.example:5999/tidings?reWriteBatchedInserts=true&sslmode=require");
        assertThat(url.r2dbc().getValue(ConnectionFactoryOptions.HOST)).isEqualTo("db.example");
        assertThat(url.r2dbc().getValue(ConnectionFactoryOptions.PORT)).isEqualTo(5999);
        assertThat(url.r2dbc().hasOption(ConnectionFactoryOptions.PROTOCOL)).isFalse();
        assertThat(url).hasToString("db.example:5999/tidings");
    }

    @Test
    void of_several_hosts_each_driver_is_told_which_one_will_do() {
        PostgresUrl url =
                parse("postgresql://ada:secret@a:1,b/tidings?target_session_attrs=read-write&sslmode=require");

        assertThat(url.jdbc())
                .isEqualTo("jdbc:postgresql://a:1,b:5432/tidings"
                        + "?reWriteBatchedInserts=true&targetServerType=primary&hostRecheckSeconds=1&sslmode=require");
        ConnectionFactoryOptions r2dbc = url.r2dbc();
        assertThat(r2dbc.getValue(ConnectionFactoryOptions.PROTOCOL)).isEqualTo("failover");
        assertThat(r2dbc.getValue(ConnectionFactoryOptions.HOST)).isEqualTo("a:1,b:5432");
        assertThat(r2dbc.hasOption(ConnectionFactoryOptions.PORT)).isFalse();
        assertThat(r2dbc.getValue(Option.valueOf("targetServerType"))).isEqualTo("primary");
        assertThat(url).hasToString("a:1,b:5432/tidings");
    }

    @ParameterizedTest
    @CsvSource({
        "any, any",
        "read-write, primary",
        "primary, primary",
        "read-only, secondary",
        "standby, secondary",
        "prefer-standby, preferSecondary"
    })
    void what_is_wanted_is_said_in_the_words_of_libpq(String libpq, String drivers) {
        assertThat(parse("postgresql://a,b/tidings?target_session_attrs=" + libpq)
                        .jdbc())
                .contains("targetServerType=" + drivers);
    }

    @Test
    void of_several_hosts_the_writable_one_is_the_primary_and_the_other_the_standby_unless_it_says_otherwise() {
        assertThat(parse("postgresql://a,b/tidings").wanted()).isEqualTo(READ_WRITE);
        assertThat(PostgresUrl.parse("STANDBY_DATABASE_URL", "postgresql://a,b/tidings", Wanted.STANDBY)
                        .wanted())
                .isEqualTo(Wanted.STANDBY);
        assertThat(parse("postgresql://a,b/tidings?target_session_attrs=any").wanted())
                .isEqualTo(Wanted.ANY);
        assertThat(parse("postgresql://a/tidings").wanted()).isNull();
    }

    @Test
    void an_address_of_version_6_stands_alone() {
        assertThat(parse("postgresql://[::1]:5433/tidings").r2dbc().getValue(ConnectionFactoryOptions.HOST))
                .isEqualTo("::1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("postgresql://[::1]:5433/tidings?target_session_attrs=any"))
                .withMessageContaining("version 6");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql:///tidings",
                "postgresql://ada:secret@a",
                "postgresql://ada:secret@a,/tidings",
                "postgresql://ada:secret@[::1],b/tidings",
                "postgresql://ada:secret@a:port/tidings",
                "mysql://ada:secret@a/tidings"
            })
    void what_is_malformed_is_named_without_its_password(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(url))
                .withMessageContaining("DATABASE_URL")
                .withMessageContaining("target_session_attrs")
                .withMessageNotContaining("secret");
    }

    @Test
    void what_may_be_wanted_is_listed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("postgresql://a,b/tidings?target_session_attrs=master"))
                .withMessageContaining("read-write, primary, read-only, standby, prefer-standby");
    }

    private static PostgresUrl parse(String url) {
        return PostgresUrl.parse("DATABASE_URL", url, READ_WRITE);
    }
}
