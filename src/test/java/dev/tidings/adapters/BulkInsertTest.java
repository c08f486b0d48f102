package dev.tidings.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.PrivatePostgres;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class BulkInsertTest {

    private static final DataSource DATABASE = PrivatePostgres.migrated();

    private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);

    @Test
    void a_time_is_the_same_value_as_if_it_came_as_a_text() {
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
        BulkInsert rows = BulkInsert.into("seen", "number", "time");
        IntStream.range(0, times.size()).forEach(i -> rows.row().int4(i).timestamptz(times.get(i)));

        rows.run(jdbc);

        assertThat(jdbc.queryForList("select extract(epoch from time)::text from seen order by number", String.class))
                .isEqualTo(times.stream()
                        .map(time -> jdbc.queryForObject(
                                "select extract(epoch from ?::timestamptz)::text", String.class, time.toString()))
                        .toList());
    }
}
