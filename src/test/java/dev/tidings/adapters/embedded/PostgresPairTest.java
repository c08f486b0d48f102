package dev.tidings.adapters.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One pair for all tests: each leaves it running. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresPairTest {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final String PRIMARY = "tidings.database.url";
    private static final String STANDBY = "tidings.database.standby-url";

    private Path directory;

    private PostgresPair pair;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        this.directory = directory;
        pair = new PostgresPair(
                directory,
                new PostgresBinaries(TinyTidings.binaries()),
                Port.anyFree("tidings.embedded.postgres-port"),
                Port.anyFree("tidings.embedded.standby-port"),
                Duration.ofSeconds(3));
        pair.start();
    }

    @AfterAll
    void stop() {
        pair.stop();
    }

    @Test
    void commits_are_durable_and_stream_to_the_standby() throws SQLException {
        assertThat(on(
                        PRIMARY,
                        "select string_agg(setting, ',' order by name) from pg_settings"
                                + " where name in ('fsync', 'full_page_writes', 'synchronous_commit')"))
                .isEqualTo("on,on,on");
        assertThat(on(PRIMARY, "select state from pg_stat_replication")).isEqualTo("streaming");

        on(PRIMARY, "create table followed as select 'followed' as text");

        await().atMost(DEADLINE)
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(on(STANDBY, "select text from followed")).isEqualTo("followed"));
        assertThatThrownBy(() -> on(STANDBY, "insert into followed values ('x')"))
                .hasMessageContaining("read-only");
    }

    @Test
    void a_standby_that_cannot_follow_any_more_is_cloned_anew() throws Exception {
        damagedBy("a promotion", () -> on(STANDBY, "select pg_promote()"), () -> {});
        damagedBy(
                "a promotion that was hidden",
                () -> on(STANDBY, "select pg_promote()"),
                () -> Files.createFile(standby("standby.signal")));
        damagedBy("the loss of its slot", () -> {}, () -> {
            pair.startPrimary();
            on(PRIMARY, "select pg_drop_replication_slot('standby')");
            pair.stop();
        });
        damagedBy("files that are missing", () -> {}, () -> Files.delete(standby("global/pg_control")));
        damagedBy("a clone that was interrupted", () -> {}, () -> {
            Files.createDirectories(directory.resolve("standby.new/base"));
            FileTrees.delete(directory.resolve("standby"));
        });
        damagedBy("a primary made anew", () -> {}, () -> FileTrees.delete(directory.resolve("primary")));
    }

    @Test
    void a_pid_that_belongs_to_another_program_by_now_neither_stops_the_start_nor_is_harmed() throws Exception {
        pair.stop();
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            Files.write(
                    directory.resolve("primary/postmaster.pid"),
                    List.of(
                            Long.toString(other.pid()),
                            directory.resolve("primary").toString(),
                            "1700000000",
                            "1"));

            pair.stopLeftOver();
            pair.start();

            assertThat(on(PRIMARY, "select 'up'")).isEqualTo("up");
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void killed_servers_are_recovered() throws Exception {
        on(PRIMARY, "create table kept as select 'kept' as text");
        for (String server : List.of("primary", "standby")) {
            ProcessHandle process = Postmaster.of(directory.resolve(server))
                    .flatMap(Postmaster::process)
                    .orElseThrow();
            process.destroyForcibly();
            process.onExit().get(10, TimeUnit.SECONDS);
        }

        pair.stopLeftOver();
        pair.start();

        assertThat(on(PRIMARY, "select text from kept")).isEqualTo("kept");
        assertThat(on(STANDBY, "select text from kept")).isEqualTo("kept");
    }

    private void damagedBy(String cause, Damage whileRunning, Damage whileStopped) throws Exception {
        whileRunning.happens();
        pair.stop();
        whileStopped.happens();
        pair.start();
        on(PRIMARY, "create table if not exists note (text text)");
        on(PRIMARY, "insert into note values ('" + cause + "')");
        await().atMost(DEADLINE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(on(STANDBY, "select text from note where text = '" + cause + "'"))
                        .isEqualTo(cause));
        assertThat(on(STANDBY, "select pg_is_in_recovery()")).isEqualTo("t");
    }

    private Path standby(String file) {
        return directory.resolve("standby").resolve(file);
    }

    private String on(String server, String sql) throws SQLException {
        String url =
                String.valueOf(pair.properties().get(server)).replace("postgresql://postgres@", "jdbc:postgresql://");
        try (Connection connection = DriverManager.getConnection(url + "?user=postgres");
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }

    private interface Damage {

        void happens() throws Exception;
    }
}
