package dev.tidings.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class PostgresOutagesTest {

    private final PostgresOutages outages = new PostgresOutages();

    @Test
    void a_full_disk_is_an_outage_for_want_of_space_however_it_is_wrapped() {
        Throwable full = new IllegalStateException(new SQLException("could not extend file", "53100"));
        assertThat(outages.isOutage(full)).isTrue();
        assertThat(outages.isOutOfSpace(full)).isTrue();
    }

    @Test
    void too_many_connections_are_an_outage_but_use_up_no_space() {
        Throwable busy = new SQLException("too many connections", "53300");
        assertThat(outages.isOutage(busy)).isTrue();
        assertThat(outages.isOutOfSpace(busy)).isFalse();
    }
}
