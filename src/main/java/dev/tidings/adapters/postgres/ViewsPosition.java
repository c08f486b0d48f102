package dev.tidings.adapters.postgres;

import dev.tidings.application.notification.NotificationProjection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How much of the log the views show, as it is seen in the running transaction.
 *
 * @param index the last event they show; -1 if none
 * @param gaps those before it that they don't
 * @param replaying whether the views may show more than this
 */
record ViewsPosition(long index, List<Long> gaps, boolean replaying) {

    private static final String POSITION = """
            select coalesce(min(index), -1) as index, coalesce(bool_or(replaying), true) as replaying
            from processor_position
            where processor_name = ?""";
    private static final String GAPS = """
            select distinct gap
            from processor_position cross join unnest(gaps) as gap
            where processor_name = ?""";

    static ViewsPosition of(JdbcTemplate jdbc) {
        return jdbc.query(
                        POSITION,
                        (row, _) -> new ViewsPosition(
                                row.getLong("index"),
                                jdbc.query(GAPS, (gap, _) -> gap.getLong("gap"), NotificationProjection.PROCESSOR),
                                row.getBoolean("replaying")),
                        NotificationProjection.PROCESSOR)
                .getFirst();
    }

    Long[] gapsArray() {
        return gaps.toArray(Long[]::new);
    }
}
