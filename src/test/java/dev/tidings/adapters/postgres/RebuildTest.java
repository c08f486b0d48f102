package dev.tidings.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.application.notification.NotificationReads;
import dev.tidings.application.notification.NotificationReads.Found;
import dev.tidings.application.notification.NotificationReads.Query;
import dev.tidings.application.notification.RebuildViews;
import dev.tidings.application.notification.ViewsBeside;
import dev.tidings.application.notification.ViewsBeside.Differences;
import dev.tidings.application.notification.ViewsBeside.Phase;
import dev.tidings.application.notification.ViewsBeside.Progress;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.testing.ScriptedOutside;
import dev.tidings.testing.TidingsHere;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RebuildTest {

    private static final Differences NONE = new Differences(0, 0, 0, List.of());

    private TidingsHere tidings;
    private JdbcTemplate jdbc;
    private RebuildViews rebuild;
    private NotificationReads reads;
    private MixedRun run;

    @BeforeAll
    void start() {
        tidings = TidingsHere.started(Map.of(), ScriptedOutside.class);
        jdbc = tidings.get(JdbcTemplate.class);
        rebuild = tidings.get(RebuildViews.class);
        reads = tidings.get(NotificationReads.class);
        run = new MixedRun(tidings, "shop");
        for (int i = 0; i < 50; i++) {
            run.accept((i % 10 == 0 ? "lost-" : i % 5 == 0 ? "refused-" : "sent-") + i);
        }
        awaitEverythingShown();
    }

    @AfterAll
    void stop() {
        tidings.close();
    }

    @Test
    void nothing_is_missed_and_no_read_fails_while_things_go_on() {
        List<Found> before = list();
        String table = jdbc.queryForObject("select 'notification_view'::regclass::oid::text", String.class);
        List<Map<String, @Nullable Object>> shape = shape();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger accepted = new AtomicInteger();
        AtomicInteger looks = new AtomicInteger();
        CompletableFuture<?> accepting = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                run.accept("meanwhile-" + accepted.incrementAndGet());
            }
        });
        List<CompletableFuture<?>> reading = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            reading.add(CompletableFuture.runAsync(() -> {
                while (!over.get()) {
                    assertThat(list()).hasSizeGreaterThanOrEqualTo(Math.min(200, before.size()));
                    looks.incrementAndGet();
                }
            }));
        }
        try {
            await().until(() -> accepted.get() > 20 && looks.get() > 20);
            for (int i = 0; i < 3; i++) {
                assertThat(rebuilt().differences()).isEqualTo(NONE);
            }
            int then = accepted.get();
            await().until(() -> accepted.get() > then + 20);
        } finally {
            over.set(true);
        }
        accepting.join();
        reading.forEach(CompletableFuture::join);

        awaitEverythingShown();
        assertThat(jdbc.queryForObject("select 'notification_view'::regclass::oid::text", String.class))
                .isNotEqualTo(table);
        assertThat(shape()).isEqualTo(shape);
        assertThat(rebuilt().differences()).isEqualTo(NONE);
    }

    /** What the table consists of beside its rows. */
    private List<Map<String, @Nullable Object>> shape() {
        return jdbc.queryForList("""
                select pg_get_indexdef(indexrelid) as definition, reloptions::text as options
                from pg_index join pg_class on pg_class.oid = indrelid
                where indrelid = 'notification_view'::regclass
                order by 1""");
    }

    @Test
    void what_was_damaged_is_told_and_right_afterwards() {
        NotificationId different = run.accept("sent-different");
        NotificationId missing = run.accept("sent-missing");
        awaitEverythingShown();
        List<@Nullable String> right = rows();
        jdbc.update("update notification_view set reason = 'no reason' where notification_id = ?", different.value());
        jdbc.update("delete from notification_view where notification_id = ?", missing.value());
        NotificationId superfluous = NotificationId.at(1_000, 1, 1);
        String others = jdbc.queryForObject("""
                select string_agg(column_name, ', ')
                from information_schema.columns
                where table_name = 'notification_view' and is_generated = 'NEVER'
                  and column_name <> 'notification_id'""", String.class);
        jdbc.update("""
                insert into notification_view (notification_id, %1$s)
                select ?, %1$s from notification_view where notification_id = ?""".formatted(others), superfluous.value(), different.value());

        Differences found = Objects.requireNonNull(rebuilt().differences());

        assertThat(found.missing()).isOne();
        assertThat(found.superfluous()).isOne();
        assertThat(found.different()).isOne();
        assertThat(found.examples())
                .containsExactlyInAnyOrder(different.toString(), missing.toString(), superfluous.toString());
        assertThat(rows()).isEqualTo(right);
    }

    @Test
    void killed_in_the_middle_it_leaves_the_old_views_working_and_the_next_one_starts_afresh() throws SQLException {
        List<@Nullable String> before = rows();
        try (Connection longReader = tidings.get(DataSource.class).getConnection();
                Statement reading = longReader.createStatement()) {
            longReader.setAutoCommit(false);
            reading.execute("select count(*) from notification_view");
            rebuild.start();
            await().atMost(Duration.ofSeconds(20)).until(() -> phase() == Phase.SWITCHING);
            assertThat(rebuild.start().phase()).as("while one is under way").isEqualTo(Phase.SWITCHING);
            assertThat(tidings.get(ViewsBeside.class).begin()).isEmpty();
            assertThat(list()).isNotEmpty();

            jdbc.queryForList(
                    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tidings-rebuild'");
            await().atMost(Duration.ofSeconds(20)).until(() -> phase() == Phase.FAILED);
            longReader.rollback();
        }
        assertThat(rows()).isEqualTo(before);
        assertThat(list()).isNotEmpty();
        jdbc.execute("create table if not exists notification_view_next (left_behind int)");

        assertThat(rebuilt().differences()).isEqualTo(NONE);
        assertThat(rows()).isEqualTo(before);
        assertThat(jdbc.queryForObject("select to_regclass('notification_view_next')::text", String.class))
                .isNull();
    }

    @Test
    void it_waits_for_whoever_reads_for_long() throws SQLException {
        try (Connection longReader = tidings.get(DataSource.class).getConnection();
                Statement reading = longReader.createStatement()) {
            longReader.setAutoCommit(false);
            reading.execute("select count(*) from notification_view");
            rebuild.start();
            await().atMost(Duration.ofSeconds(20)).until(() -> phase() == Phase.SWITCHING);
            NotificationId meanwhile = run.accept("meanwhile");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(jdbc.queryForList(
                                    "select 1 from notification_view where notification_id = ?", meanwhile.value()))
                            .hasSize(1));
            longReader.rollback();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> phase() == Phase.DONE);
        awaitEverythingShown();
    }

    private Phase phase() {
        return rebuild.progress().orElseThrow().phase();
    }

    private Progress rebuilt() {
        rebuild.start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> List.of(Phase.DONE, Phase.FAILED).contains(phase()));
        Progress last = rebuild.progress().orElseThrow();
        assertThat(last.phase()).as(last.toString()).isEqualTo(Phase.DONE);
        return last;
    }

    private List<Found> list() {
        return reads.list(new Query(null, run.service(), null, null, null, null, false, null, null, null, 200))
                .toCompletableFuture()
                .join()
                .items();
    }

    private List<@Nullable String> rows() {
        return jdbc.queryForList(
                "select view::text from notification_view as view order by notification_id", String.class);
    }

    private void awaitEverythingShown() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(jdbc.queryForList("""
                select aggregate_identifier
                from domain_event_entry
                left join notification_view on notification_id = aggregate_identifier::uuid
                where aggregate_identifier not like 'preferences/%'
                group by aggregate_identifier
                having max(sequence_number) is distinct from max(sequence)
                    or max(status) in ('queued')""")).isEmpty());
    }
}
