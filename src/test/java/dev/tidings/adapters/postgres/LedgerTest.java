package dev.tidings.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.tidings.application.InvalidInput;
import dev.tidings.application.intervention.Intervene;
import dev.tidings.application.ledger.Difference;
import dev.tidings.application.ledger.Difference.Source;
import dev.tidings.application.ledger.Ledger;
import dev.tidings.application.ledger.Sheet;
import dev.tidings.application.ledger.Tally;
import dev.tidings.application.notification.NotificationProjection;
import dev.tidings.domain.notification.NotificationCommand.Resolution;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import dev.tidings.testing.ScriptedOutside;
import dev.tidings.testing.TidingsHere;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerTest {

    private static final String CLAIM_FOR_NOBODY =
            "update token_entry set owner = 'nobody', timestamp = ? where processor_name = '%s'"
                    .formatted(NotificationProjection.PROCESSOR);

    private TidingsHere tidings;
    private JdbcTemplate jdbc;
    private Ledger ledger;

    @BeforeAll
    void start() {
        tidings = TidingsHere.started(Map.of(), ScriptedOutside.class);
        jdbc = tidings.get(JdbcTemplate.class);
        ledger = tidings.get(Ledger.class);
    }

    @AfterAll
    void stop() {
        tidings.close();
    }

    @Test
    void after_a_mixed_run_it_balances_and_says_what_became_of_each() {
        MixedRun run = new MixedRun(tidings, "mixed");
        Intervene intervene = tidings.get(Intervene.class);
        run.accept("sent");
        run.accept("sent");
        run.accept("refused");
        NotificationId redriven = run.accept("refused-once-more");
        run.accept("later");
        run.accept("lost");
        List<NotificationId> found = List.of(run.accept("lost-1"), run.accept("lost-2"), run.accept("lost-3"));
        run.scheduled("scheduled");
        run.expiringAtOnce("expiring");
        intervene.cancel(run.scheduled("cancelled"));
        awaitStatus(run, redriven, "failed");
        intervene.redrive(redriven);
        found.forEach(id -> awaitStatus(run, id, "held"));
        intervene.resolve(found.get(0), Resolution.SENT);
        intervene.resolve(found.get(1), Resolution.FAILED);
        intervene.resolve(found.get(2), Resolution.RESEND);

        Tally expected = new Tally(
                12,
                Map.of(
                        NotificationStatus.SENT, 2L,
                        NotificationStatus.FAILED, 3L,
                        NotificationStatus.SUPPRESSED, 1L,
                        NotificationStatus.CANCELLED, 1L,
                        NotificationStatus.EXPIRED, 1L),
                4);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Sheet sheet = sheet(run);
            assertThat(sheet.differences()).isEmpty();
            assertThat(sheet.log()).isEqualTo(expected);
            assertThat(sheet.views()).isEqualTo(expected);
            assertThat(sheet.queued()).isEqualTo(4);
        });
    }

    @Test
    void it_balances_at_any_moment_while_much_is_under_way() {
        MixedRun run = new MixedRun(tidings, "busy");
        CompletableFuture<?> all = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 300; i++) {
                run.accept("busy-" + i);
            }
        });
        int seen = 0;
        while (!all.isDone()) {
            for (Sheet sheet : count(run)) {
                assertThat(sheet.differences()).isEmpty();
                seen++;
            }
        }
        all.join();
        assertThat(seen).isGreaterThan(3);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(sheet(run).log().ended(NotificationStatus.SENT))
                        .isEqualTo(300));
        assertThat(sheet(run).differences()).isEmpty();
    }

    @Test
    void views_that_stand_still_are_behind_and_no_imbalance() {
        MixedRun run = new MixedRun(tidings, "still");
        shown(run, run.accept("first"));
        jdbc.update(CLAIM_FOR_NOBODY, Instant.now().plus(Duration.ofHours(1)).toString());
        try {
            run.accept("second");
            await().untilAsserted(() -> {
                Sheet sheet = sheet(run);
                assertThat(sheet.log().ended(NotificationStatus.SENT)).isEqualTo(2);
                assertThat(sheet.behind()).isOne();
                assertThat(sheet.views().ended(NotificationStatus.SENT)).isOne();
                assertThat(sheet.differences()).isEmpty();
            });
        } finally {
            jdbc.update("update token_entry set owner = null where owner = 'nobody'");
        }
    }

    @Test
    void a_row_missing_in_the_queue_shows() {
        MixedRun run = new MixedRun(tidings, "no-row");
        NotificationId id = run.scheduled("one");
        shown(run, id);
        jdbc.update("delete from delivery_queue where notification_id = ?", id.value());

        await().untilAsserted(() ->
                assertThat(sheet(run).differences()).containsExactly(new Difference(Source.QUEUE, "waiting", 1, 0)));
    }

    @Test
    void a_view_that_was_tampered_with_shows() {
        MixedRun run = new MixedRun(tidings, "tampered");
        NotificationId id = run.scheduled("one");
        shown(run, id);
        jdbc.update("update notification_view set status = 'failed' where notification_id = ?", id.value());

        await().untilAsserted(() -> assertThat(sheet(run).differences())
                .containsExactly(
                        new Difference(Source.VIEWS, "failed", 0, 1), new Difference(Source.VIEWS, "waiting", 1, 0)));
    }

    @Test
    void the_last_event_lost_shows() {
        MixedRun run = new MixedRun(tidings, "no-end");
        NotificationId id = run.accept("one");
        awaitStatus(run, id, "sent");
        shown(run, id);
        lose(id, 1);

        await().untilAsserted(() -> assertThat(sheet(run).differences())
                .containsExactly(
                        new Difference(Source.VIEWS, "sent", 0, 1),
                        new Difference(Source.VIEWS, "waiting", 1, 0),
                        new Difference(Source.QUEUE, "waiting", 1, 0)));
    }

    @Test
    void the_first_event_lost_shows() {
        MixedRun run = new MixedRun(tidings, "no-beginning");
        NotificationId id = run.accept("one");
        awaitStatus(run, id, "sent");
        shown(run, id);
        lose(id, 0);

        await().untilAsserted(() -> assertThat(sheet(run).differences())
                .containsExactly(
                        new Difference(Source.LOG, "accepted", 1, 0),
                        new Difference(Source.LOG, "missing_events", 0, 1)));
    }

    @Test
    void all_events_of_one_lost_shows() {
        MixedRun run = new MixedRun(tidings, "nothing-left");
        NotificationId id = run.accept("one");
        awaitStatus(run, id, "sent");
        shown(run, id);
        lose(id, 0);
        lose(id, 1);

        await().untilAsserted(() -> assertThat(sheet(run).differences())
                .containsExactly(
                        new Difference(Source.VIEWS, "accepted", 0, 1), new Difference(Source.VIEWS, "sent", 0, 1)));
    }

    /** The log is locked for so long that the count comes to the end of its time, and nothing before it does. */
    @Test
    void too_much_at_once_is_refused_in_words() throws java.sql.SQLException {
        PostgresLedger impatient = new PostgresLedger(
                new Hasty(tidings.get(HikariDataSource.class).getDataSource()),
                null,
                () -> false,
                tidings.get(dev.tidings.application.commit.EventFormat.class));

        try (java.sql.Connection other =
                        tidings.get(HikariDataSource.class).getDataSource().getConnection();
                java.sql.Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table domain_event_entry in access exclusive mode");

            assertThatThrownBy(() -> impatient.count(Instant.EPOCH, Instant.now(), null))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("more than can be counted");
        }
    }

    /** Has little time for each statement. Its connections are from no pool, where others would find them as they are now. */
    private static final class Hasty extends org.springframework.jdbc.datasource.DelegatingDataSource {

        Hasty(javax.sql.DataSource source) {
            super(source);
        }

        @Override
        public java.sql.Connection getConnection() throws java.sql.SQLException {
            java.sql.Connection connection = super.getConnection();
            connection.setAutoCommit(false);
            try (java.sql.Statement statement = connection.createStatement()) {
                statement.execute("set statement_timeout = 500");
            }
            connection.commit();
            return connection;
        }
    }

    private void lose(NotificationId id, int sequence) {
        jdbc.update(
                "delete from domain_event_entry where aggregate_identifier = ? and sequence_number = ?",
                id.toString(),
                sequence);
    }

    private void awaitStatus(MixedRun run, NotificationId id, String status) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(jdbc.queryForList(
                                "select status from notification_view where notification_id = ? and service_id = ?",
                                String.class,
                                id.value(),
                                run.service().value()))
                        .containsExactly(status));
    }

    /** Whatever happened to it is told to the views, and seen where the ledger looks. */
    private void shown(MixedRun run, NotificationId id) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(jdbc.queryForList(
                            "select status from notification_view where notification_id = ?", String.class, id.value()))
                    .isNotEmpty()
                    .doesNotContain("queued");
            assertThat(sheet(run).behind()).isZero();
            assertThat(sheet(run).differences()).isEmpty();
        });
    }

    private List<Sheet> count(MixedRun run) {
        Instant now = Instant.now();
        return ledger.count(now.minus(Duration.ofMinutes(5)), now.plus(Duration.ofMinutes(5)), run.service());
    }

    private Sheet sheet(MixedRun run) {
        assertThat(count(run)).isNotEmpty();
        return count(run).getFirst();
    }
}
