package dev.tidings.adapters.postgres;

import com.zaxxer.hikari.HikariDataSource;
import io.r2dbc.pool.ConnectionPool;
import org.jspecify.annotations.Nullable;

/** The standby's connections, or none. A bean of its own: Spring takes an {@code Optional} for a wish, not for a bean. */
record Standby(
        @Nullable HikariDataSource watching,
        @Nullable HikariDataSource counting,
        @Nullable ConnectionPool reading) implements AutoCloseable {

    static final Standby NONE = new Standby(null, null, null);

    @Override
    public void close() {
        if (watching != null) {
            watching.close();
        }
        if (counting != null) {
            counting.close();
        }
        if (reading != null) {
            reading.dispose();
        }
    }
}
