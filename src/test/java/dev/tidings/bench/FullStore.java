package dev.tidings.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Years of notifications, put where Tidings would have left them. */
final class FullStore {

    private static final int A_COMMIT = 50_000;
    private static final int PEOPLE = 100_000;
    /** Positions left to what was written before, and between what is filled in and what is written after. */
    private static final int BEFORE = 1_000_000;

    private static final int AFTER = 100_000;
    private static final String TEXT = "x".repeat(300);

    private FullStore() {}

    /**
     * Adds so many, each sent a while ago, to one of 100,000 people; at the front of the log, where nobody who follows it
     * looks any more once {@link #makeRoom} was called and something was written after it.
     */
    static void fill(String jdbc, int notifications) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbc, "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("set synchronous_commit = off");
            statement.execute("create temp table batch (id uuid, n bigint)");
            for (int done = 0; done < notifications; done += A_COMMIT) {
                int from = done;
                connection.setAutoCommit(false);
                for (String sql : statements(from, Math.min(notifications, from + A_COMMIT))) {
                    statement.execute(sql);
                }
                connection.commit();
            }
            connection.setAutoCommit(true);
            statement.execute("vacuum analyze");
        }
    }

    /** What is written from now on comes after all that will be filled in. */
    static void makeRoom(String jdbc, int notifications) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbc, "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("select setval(pg_get_serial_sequence('domain_event_entry', 'global_index'), "
                    + (BEFORE + 2L * notifications + AFTER) + ")");
        }
    }

    static String person(long n) {
        return "resident-" + n % PEOPLE;
    }

    private static List<String> statements(int from, int to) {
        return List.of(
                "truncate batch",
                "insert into batch select uuidv7(interval '-400 days' + " + from
                        + " * interval '5 seconds'), n from generate_series(" + from + ", " + (to - 1) + ") as n",
                "insert into notification_content select id, 'bench', 'ada@example.org', 'Ada', 'Welcome', '" + TEXT
                        + "', null from batch",
                event("notification.requested", 0, ",\"findings\":[]"),
                event(
                        "notification.sent",
                        1,
                        ",\"attempt\":1,\"doubtful\":0,\"provider\":\"smtp\",\"startedAt\":\"' || at || '\",\"at\":\"' || at || '\""),
                "insert into notification_view (notification_id, sequence, service_id, user_id, correlation_id, type, channel, lane,"
                        + " status, attempts, requested_at, updated_at)"
                        + " select id, 1, 'bench', 'resident-' || n % " + PEOPLE
                        + ", 'c-' || n, 'welcome', 'email', 2, 'sent', 1, uuid_extract_timestamp(id), uuid_extract_timestamp(id)"
                        + " from batch");
    }

    private static String event(String name, int sequence, String more) {
        return """
                insert into domain_event_entry (global_index, aggregate_identifier, sequence_number, type,
                                                event_identifier, payload_type, payload_revision, payload, meta_data,
                                                time_stamp)
                select %1$d + 2 * n + %2$d, id::text, %2$d, 'NotificationRequestAggregate', gen_random_uuid()::text,
                       '%3$s', '1',
                       convert_to('{"notificationId":"' || id || '","particulars":{"serviceId":"bench","userId":"resident-'
                                  || n %% %4$d || '","type":"welcome","channel":"EMAIL","lane":"NORMAL","requestedAt":"'
                                  || at || '"}%5$s}', 'UTF8'),
                       convert_to('{"serviceId":"bench","correlationId":"c-' || n || '"}', 'UTF8'), at
                from batch,
                     lateral (select to_char(uuid_extract_timestamp(id) at time zone 'UTC',
                                             'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at) as times
                """.formatted(BEFORE, sequence, name, PEOPLE, more);
    }
}
