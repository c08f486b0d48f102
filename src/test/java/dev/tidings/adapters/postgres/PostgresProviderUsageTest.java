package dev.tidings.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.delivery.ProviderUsage;
import dev.tidings.application.delivery.ProviderUsage.Taken;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.provider.ProviderPolicy;
import dev.tidings.domain.provider.ProviderPolicy.Mode;
import dev.tidings.testing.PrivatePostgres;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Each of these is a node of its own: they know of each other only by the table. */
class PostgresProviderUsageTest {

    private static final DataSource DATABASE = PrivatePostgres.migrated();
    private static final ProviderName PROVIDER = new ProviderName("twilio");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);
    private final ProviderUsage one = new PostgresProviderUsage(jdbc);
    private final ProviderUsage other = new PostgresProviderUsage(new JdbcTemplate(DATABASE));

    @AfterEach
    void forgetEverything() {
        jdbc.update("delete from provider_usage");
    }

    private static ProviderPolicy limits(int perSecond, long perDay) {
        return new ProviderPolicy(100, 100, Mode.ACTIVE, perSecond, perDay, Set.of());
    }

    @Test
    void two_nodes_together_never_get_more_than_a_seconds_limit() {
        ProviderPolicy ten = limits(10, 0);

        assertThat(one.take(PROVIDER, ten, 4, 0, NOON)).isEqualTo(new Taken(4, false));
        assertThat(other.take(PROVIDER, ten, 8, 0, NOON.plusMillis(500))).isEqualTo(new Taken(6, false));
        assertThat(one.take(PROVIDER, ten, 1, 0, NOON.plusMillis(999))).isEqualTo(new Taken(0, false));
        assertThat(one.take(PROVIDER, ten, 8, 0, NOON.plusSeconds(1))).isEqualTo(new Taken(8, false));
        assertThat(other.take(new ProviderName("another"), ten, 10, 0, NOON)).isEqualTo(new Taken(10, false));
    }

    @Test
    void those_who_take_at_the_same_time_get_no_more_either() {
        List<CompletableFuture<Integer>> taking = IntStream.range(0, 40)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> (i % 2 == 0 ? one : other)
                                .take(PROVIDER, limits(25, 0), 3, 0, NOON)
                                .granted(),
                        command -> Thread.ofVirtual().start(command)))
                .toList();

        assertThat(taking.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(25);
    }

    @Test
    void a_days_limit_holds_over_all_its_seconds_and_ends_at_midnight_by_utc() {
        ProviderPolicy five = limits(0, 5);

        assertThat(one.take(PROVIDER, five, 3, 0, NOON)).isEqualTo(new Taken(3, false));
        assertThat(other.take(PROVIDER, five, 3, 0, NOON.plusSeconds(60))).isEqualTo(new Taken(2, false));
        assertThat(one.take(PROVIDER, five, 1, 0, Instant.parse("2026-03-01T23:59:59.999Z")))
                .isEqualTo(new Taken(0, true));
        assertThat(one.take(PROVIDER, five, 1, 0, Instant.parse("2026-03-02T00:00:00Z")))
                .isEqualTo(new Taken(1, false));
    }

    @Test
    void what_was_not_used_is_given_back_to_the_day() {
        ProviderPolicy five = limits(0, 5);
        var _ = one.take(PROVIDER, five, 5, 0, NOON);

        assertThat(one.take(PROVIDER, five, 3, 2, NOON.plusSeconds(1))).isEqualTo(new Taken(2, false));
        assertThat(other.take(PROVIDER, five, 9, 100, NOON.plusSeconds(2)).granted())
                .as("no more than there was")
                .isEqualTo(5);
    }

    @Test
    void what_was_not_used_yesterday_is_nothing_to_today() {
        ProviderPolicy five = limits(0, 5);
        var _ = one.take(PROVIDER, five, 5, 0, NOON);

        assertThat(one.take(PROVIDER, five, 9, 5, NOON.plusSeconds(86_400))).isEqualTo(new Taken(5, false));
    }

    @Test
    void a_node_whose_clock_is_behind_takes_from_the_latest_second_that_is_known() {
        ProviderPolicy ten = limits(10, 0);
        var _ = one.take(PROVIDER, ten, 6, 0, NOON.plusSeconds(1));

        assertThat(other.take(PROVIDER, ten, 6, 0, NOON)).isEqualTo(new Taken(4, false));
        assertThat(one.take(PROVIDER, ten, 6, 0, NOON.plusSeconds(1))).isEqualTo(new Taken(0, false));
    }

    @Test
    void without_a_limit_all_is_granted() {
        assertThat(one.take(PROVIDER, limits(0, 0), 1_000, 0, NOON)).isEqualTo(new Taken(1_000, false));
    }
}
