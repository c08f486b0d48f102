package dev.tidings.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.testing.PrivatePostgres;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Few rows are inserted, many are copied: in both ways the same arrives. */
class BatchTest {

    private static final DataSource DATABASE = PrivatePostgres.migrated();

    private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);
    private final TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(DATABASE));

    @BeforeEach
    void makeRoom() {
        jdbc.execute("drop table if exists seen");
    }

    @Test
    void a_copied_time_is_the_same_value_as_if_it_came_as_a_text() {
        Random random = new Random(1);
        List<Instant> times = Stream.concat(
                        Stream.of(
                                "2026-03-01T12:00:00Z",
                                "2026-03-01T12:00:00.000000499Z",
                                "2026-03-01T12:00:00.0000005Z",
                                "2026-03-01T12:00:00.0000015Z",
                                "2026-03-01T12:00:00.000002501Z",
                                "2026-12-31T23:59:59.9999995Z",
                                "1999-12-31T23:59:59.999999999Z",
                                "1969-12-31T23:59:59.9999985Z"),
                        IntStream.range(0, 500)
                                .mapToObj(_ -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000))
                                        .toString()))
                .map(Instant::parse)
                .toList();
        jdbc.execute("create table seen (number integer, time timestamptz)");

        Batch.of(IntStream.range(0, times.size()).boxed().toList())
                .with("number", "int4", i -> i)
                .with("time", "timestamptz", times::get)
                .insertInto("seen", jdbc);

        assertThat(jdbc.queryForList("select extract(epoch from time)::text from seen order by number", String.class))
                .isEqualTo(times.stream()
                        .map(time -> jdbc.queryForObject(
                                "select extract(epoch from ?::timestamptz)::text", String.class, time.toString()))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 19, 20, 200})
    void each_type_arrives_and_so_does_nothing(int rows) {
        jdbc.execute("""
                create table seen (number int8, text text, bytes bytea, id uuid, small int2, whole int4,
                                   time timestamptz, json jsonb)""");

        Batch.of(IntStream.range(0, rows).boxed().toList())
                .with("number", "int8", i -> 5_000_000_000L + i)
                .with("text", "text", i -> i % 2 == 0 ? "a\\b,{\"ä\"}\n" + i : null)
                .with("bytes", "bytea", i -> i % 2 == 0 ? ("\0\\x" + i).getBytes(StandardCharsets.UTF_8) : null)
                .with("id", "uuid", i -> i % 2 == 0 ? new UUID(i, -1) : null)
                .with("small", "int2", i -> i % 2 == 0 ? 7 : null)
                .with("whole", "int4", i -> i % 2 == 0 ? -i : null)
                .with("time", "timestamptz", i -> i % 2 == 0 ? Instant.ofEpochSecond(i, 123_456_789) : null)
                .with("json", "jsonb", i -> i % 2 == 0 ? "{\"n\": [" + i + "]}" : null)
                .insertInto("seen", jdbc);

        assertThat(jdbc.queryForList("""
                select number, text, encode(bytes, 'hex') as bytes, id::text, small, whole,
                       extract(epoch from time)::text as time, json::text
                from seen order by number""")).hasSize(rows).allSatisfy(row -> {
            int i = Integer.parseInt(String.valueOf(row.get("number")).substring(1));
            if (i % 2 == 0) {
                assertThat(row)
                        .containsAllEntriesOf(Map.of(
                                "text", "a\\b,{\"ä\"}\n" + i,
                                "bytes", "005c78" + hex(String.valueOf(i)),
                                "id", new UUID(i, -1).toString(),
                                "small", 7,
                                "whole", -i,
                                "time", i + ".123457",
                                "json", "{\"n\": [" + i + "]}"));
            } else {
                assertThat(row.values()).filteredOn(value -> value != null).hasSize(1);
            }
        });
    }

    /** Larger than what is sent together, so that the database says no while rows are still being sent. */
    @ParameterizedTest
    @ValueSource(ints = {0, 999})
    void if_one_is_there_none_is_copied_and_the_transaction_goes_on(int known) {
        jdbc.execute("create table seen (number integer primary key, text text)");
        jdbc.update("insert into seen values (?, 'the first')", known);
        Batch<Integer> batch = Batch.of(IntStream.range(0, 1_000).boxed().toList())
                .with("number", "int4", i -> i)
                .with("text", "text", i -> "x".repeat(1_000));

        transactions.executeWithoutResult(_ -> {
            assertThat(batch.copyIfNew("seen", jdbc)).isFalse();
            jdbc.update("insert into seen values (-1, 'goes on')");
        });

        assertThat(jdbc.queryForList("select text from seen order by number", String.class))
                .containsExactly("goes on", "the first");
    }

    @Test
    void a_value_that_cannot_be_written_leaves_nothing_behind_and_the_connection_usable() {
        jdbc.execute("create table seen (number integer)");
        Batch<Integer> batch = Batch.of(IntStream.range(0, 20_000).boxed().toList())
                .with("number", "int4", i -> i < 19_999 ? i : "many");

        assertThatThrownBy(() -> transactions.executeWithoutResult(_ -> batch.insertInto("seen", jdbc)))
                .isInstanceOf(ClassCastException.class);

        assertThat(jdbc.queryForObject("select count(*) from seen", Integer.class))
                .isZero();
    }

    @Test
    void of_no_rows_nothing_is_written() {
        Batch.of(List.of()).with("missing", "text", _ -> "").insertInto("seen", jdbc);
        assertThat(Batch.of(List.of()).with("missing", "text", _ -> "").copyIfNew("seen", jdbc))
                .isTrue();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
