package dev.tidings.adapters.eventstore;

import dev.tidings.application.commit.LogProcessor.Logged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A number of the log that isn't there may be of a transaction that isn't committed yet, or of one that was rolled
 * back. Such a gap stays in the position, and is asked for with each reading, until what comes after it is a minute
 * old.
 */
final class PostgresLogReader implements LogReader {

    private static final Duration UNTIL_GIVEN_UP = Duration.ofMinutes(1);

    /** Which no flood reaches within that time. */
    private static final int WINDOW = 1_000_000;

    /** More events are never under way at once: the numbering has been changed. */
    private static final int LARGEST_JUMP = 10_000;

    private static final int MANY_GAPS = 250;
    private static final GapAwareTrackingToken BEGINNING = GapAwareTrackingToken.newInstance(0, List.of());

    private static final String READ = """
            select * from (
                (select global_index, event_identifier, sequence_number, payload_type, payload_revision, payload,
                     meta_data, time_stamp
                 from domain_event_entry
                 where global_index = any (?))
                union all
                (select global_index, event_identifier, sequence_number, payload_type, payload_revision, payload,
                     meta_data, time_stamp
                 from domain_event_entry
                 where global_index > ?
                 order by global_index
                 limit ?)) as logged
            order by global_index""";

    private static final String GIVEN_UP = """
            select gap
            from unnest(?::bigint[]) as gap
            where (select time_stamp::timestamptz
                   from domain_event_entry
                   where global_index > gap
                   order by global_index
                   limit 1) < ?
              and not exists (select from domain_event_entry where global_index = gap)""";

    private final JdbcTemplate jdbc;
    private final EventJson json;
    private final InstantSource clock;
    private final int most;

    /** @param most events that are read at a time, those that fill gaps not counted */
    PostgresLogReader(JdbcTemplate jdbc, EventJson json, InstantSource clock, int most) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
        this.most = most;
    }

    @Override
    public Optional<Stretch> after(@Nullable TrackingToken position) {
        GapAwareTrackingToken from = position == null ? BEGINNING : withoutDeadGaps((GapAwareTrackingToken) position);
        Reading reading = new Reading(from, clock.instant().minus(UNTIL_GIVEN_UP));
        jdbc.query(READ, reading::add, from.getGaps().toArray(Long[]::new), from.getIndex(), most);
        return reading.stretch();
    }

    private GapAwareTrackingToken withoutDeadGaps(GapAwareTrackingToken position) {
        if (position.getGaps().size() <= MANY_GAPS) {
            return position;
        }
        TreeSet<Long> gaps = new TreeSet<>(position.getGaps());
        gaps.removeAll(jdbc.queryForList(
                GIVEN_UP,
                Long.class,
                gaps.toArray(Long[]::new),
                clock.instant().minus(UNTIL_GIVEN_UP).atOffset(ZoneOffset.UTC)));
        return GapAwareTrackingToken.newInstance(position.getIndex(), gaps);
    }

    private final class Reading {

        private final List<Logged> events = new ArrayList<>();
        private final Instant longAgo;
        private GapAwareTrackingToken end;

        Reading(GapAwareTrackingToken from, Instant longAgo) {
            this.end = from;
            this.longAgo = longAgo;
        }

        void add(ResultSet row) throws SQLException {
            advanceTo(row.getLong("global_index"), row.getString("time_stamp"));
            events.add(new Logged(
                    row.getString("event_identifier"),
                    json.payload(
                            row.getString("payload_type"), row.getString("payload_revision"), row.getBytes("payload")),
                    row.getLong("sequence_number"),
                    json.metadata(row.getBytes("meta_data"))));
        }

        private void advanceTo(long index, String time) {
            long step = index - end.getIndex();
            boolean gaps = step > 1 || end.hasGaps();
            if (gaps && Instant.parse(time).isBefore(longAgo)) {
                end = end.advanceTo(index, 0);
            } else {
                end = end.advanceTo(index, step > LARGEST_JUMP ? LARGEST_JUMP : WINDOW);
            }
        }

        Optional<Stretch> stretch() {
            return events.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Stretch(List.copyOf(events), end, events.size() >= most));
        }
    }
}
