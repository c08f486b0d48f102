package dev.tidings.adapters.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.adapters.eventstore.LogReader.Stretch;
import dev.tidings.application.doubles.SettableClock;
import dev.tidings.domain.preferences.PreferencesEvent.PreferencesCreated;
import dev.tidings.testing.PrivatePostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class PostgresLogReaderTest {

    private static final DataSource DATABASE = PrivatePostgres.migrated();
    private static final Duration LONG = Duration.ofMinutes(1).plusSeconds(1);

    private final SettableClock clock = new SettableClock();
    private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);
    private final EventJson json = EventJson.create();
    private final LogTable log = new LogTable(jdbc, json);
    private final PostgresLogReader reader = new PostgresLogReader(jdbc, json, clock, 3);

    @BeforeEach
    void empty() {
        jdbc.execute("truncate domain_event_entry restart identity");
    }

    @Test
    void an_empty_log_has_nothing_to_read() {
        assertThat(reader.after(null)).isEmpty();
        assertThat(reader.after(GapAwareTrackingToken.newInstance(0, Set.of()))).isEmpty();
    }

    @Test
    void it_is_read_in_order_so_many_at_a_time() {
        append("a", "b", "c", "d");

        Stretch first = read(null);
        Stretch second = read(first.end());

        assertThat(users(first)).containsExactly("a", "b", "c");
        assertThat(first.full()).isTrue();
        assertThat(first.events().getFirst().metadata().get("serviceId")).isEqualTo("shop");
        assertThat(users(second)).containsExactly("d");
        assertThat(second.full()).isFalse();
        assertThat(second.end()).isEqualTo(GapAwareTrackingToken.newInstance(4, Set.of()));
        assertThat(reader.after(second.end())).isEmpty();
    }

    @Test
    void what_is_committed_after_what_comes_behind_it_is_read_then() throws SQLException {
        append("a");
        Stretch end;
        try (Connection slow = DATABASE.getConnection()) {
            slow.setAutoCommit(false);
            log.append(new JdbcTemplate(new SingleConnectionDataSource(slow, true)), "slow", clock.instant());
            append("b");
            end = read(null);
            assertThat(users(end)).containsExactly("a", "b");
            assertThat(gaps(end)).containsExactly(2L);
            assertThat(reader.after(end.end())).isEmpty();
            slow.commit();
        }
        append("c");

        Stretch rest = read(end.end());

        assertThat(users(rest)).containsExactly("slow", "c");
        assertThat(rest.end()).isEqualTo(GapAwareTrackingToken.newInstance(4, Set.of()));
    }

    @Test
    void a_slow_transaction_is_waited_for_however_many_events_others_add_meanwhile() {
        append("a");
        TrackingToken waiting = GapAwareTrackingToken.newInstance(20_000, Set.of(7L));
        jdbc.execute("alter table domain_event_entry alter column global_index restart with 20001");
        append("b");

        assertThat(gaps(read(waiting))).containsExactly(7L);
    }

    @Test
    void what_comes_before_something_old_is_not_waited_for() {
        log.skip(2);
        append("a");
        log.skip(1);
        append("b");
        clock.advance(LONG);

        Stretch read = read(null);

        assertThat(users(read)).containsExactly("a", "b");
        assertThat(gaps(read)).isEmpty();
    }

    @Test
    void many_gaps_are_given_up_once_they_are_old_but_none_that_is_filled() {
        append("a");
        log.skip(300);
        append("b");
        Stretch young = read(null);
        assertThat(gaps(young)).hasSize(300);
        clock.advance(LONG);
        long last = log.append("c", clock.instant());
        log.skip(1);
        append("d");
        jdbc.update("update domain_event_entry set global_index = 2 where global_index = ?", last);

        Stretch read = read(young.end());

        assertThat(users(read)).containsExactly("c", "d");
        assertThat(gaps(read)).containsExactly(last, last + 1);
    }

    @Test
    void a_jump_of_the_numbering_is_not_taken_for_as_many_transactions() {
        append("a");
        jdbc.execute("alter table domain_event_entry alter column global_index restart with 5000000");
        append("b");

        Stretch read = read(null);

        assertThat(users(read)).containsExactly("a", "b");
        assertThat(gaps(read)).hasSizeLessThanOrEqualTo(10_000);
    }

    private void append(String... userIds) {
        for (String userId : userIds) {
            log.append(userId, clock.instant());
        }
    }

    private Stretch read(@Nullable TrackingToken position) {
        return reader.after(position).orElseThrow();
    }

    private static List<String> users(Stretch stretch) {
        return stretch.events().stream()
                .map(logged -> ((PreferencesCreated) logged.event())
                        .preferencesId()
                        .userId()
                        .value())
                .toList();
    }

    private static Set<Long> gaps(Stretch stretch) {
        return new TreeSet<>(((GapAwareTrackingToken) stretch.end()).getGaps());
    }
}
