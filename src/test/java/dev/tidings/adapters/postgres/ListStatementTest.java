package dev.tidings.adapters.postgres;

import static io.r2dbc.spi.ConnectionFactoryOptions.DATABASE;
import static io.r2dbc.spi.ConnectionFactoryOptions.DRIVER;
import static io.r2dbc.spi.ConnectionFactoryOptions.HOST;
import static io.r2dbc.spi.ConnectionFactoryOptions.PORT;
import static io.r2dbc.spi.ConnectionFactoryOptions.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.application.notification.NotificationReads.Query;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.notification.NotificationStatus;
import dev.tidings.domain.recipient.UserId;
import dev.tidings.testing.PrivatePostgres;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.r2dbc.core.DatabaseClient;

class ListStatementTest {

    private static final PGSimpleDataSource SOURCE = PrivatePostgres.migrated();
    private static final JdbcTemplate JDBC = new JdbcTemplate(SOURCE);
    private static final DatabaseClient CLIENT =
            DatabaseClient.create(ConnectionFactories.get(ConnectionFactoryOptions.builder()
                    .option(DRIVER, "postgresql")
                    .option(HOST, SOURCE.getServerNames()[0])
                    .option(PORT, SOURCE.getPortNumbers()[0])
                    .option(DATABASE, SOURCE.getDatabaseName())
                    .option(USER, SOURCE.getUser())
                    .build()));

    @BeforeAll
    static void fill() {
        JDBC.execute("""
                insert into notification_view (notification_id, sequence, service_id, user_id, type, channel, lane, status,
                    attempts, requested_at, updated_at, doubtful)
                select gen_random_uuid(), 0, 'service-' || (i % 100), 'user-' || (i % 5000), 'welcome', 'email', 0,
                       case when i % 500 = 0 then 'failed' else 'sent' end, 1, now(), now(),
                       case when i % 1000 = 0 then 1 else 0 end
                from generate_series(1, 20000) as i""");
        JDBC.execute("analyze notification_view");
    }

    static Stream<Arguments> questions() {
        return Stream.of(
                Arguments.of("notification_view_of_user", asked(new UserId("user-42"), null, null, false), 4),
                Arguments.of("notification_view_of_service", asked(null, new ServiceId("service-7"), null, false), 51),
                Arguments.of("notification_view_to_do", asked(null, null, NotificationStatus.FAILED, false), 40),
                Arguments.of("notification_view_doubtful", asked(null, null, null, true), 20));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void what_is_asked_for_often_is_found_by_an_index(String index, Query query, int found) {
        long before = scans(index);

        List<Map<String, Object>> rows =
                ListStatement.of(query).bind(CLIENT).fetch().all().collectList().block();

        assertThat(rows).hasSize(found);
        await().untilAsserted(() -> assertThat(scans(index)).isGreaterThan(before));
    }

    @Test
    void a_person_is_found_by_the_hash_of_their_id() {
        assertThat(JDBC.queryForObject("select pg_get_indexdef('notification_view_of_user'::regclass)", String.class))
                .contains("(hashtext(user_id), notification_id)");
    }

    /** A connection that ends has told how often it used each index. */
    private static long scans(String index) {
        Long scans = JDBC.queryForObject(
                "select idx_scan from pg_stat_user_indexes where indexrelname = ?", Long.class, index);
        return scans == null ? 0 : scans;
    }

    private static Query asked(
            @Nullable UserId user, @Nullable ServiceId service, @Nullable NotificationStatus status, boolean unknown) {
        return new Query(user, service, null, status, null, null, unknown, null, null, null, 50);
    }
}
