package dev.tidings.chaos;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What the database knows of the notifications of one service at one moment: the log, the queue and the view.
 *
 * @param stories by correlation id; more than one of an id are several notifications of one request
 */
record Books(
        Map<String, List<Story>> stories,
        Set<String> due,
        Set<String> held,
        Map<String, Integer> viewed,
        int readyAtBroker,
        int parked) {

    private static final String LOG = """
            select aggregate, metadata ->> 'correlationId' as key, event
            from event_log
            where position > ? and service_id = ? and event like 'notification.%'""";
    private static final String QUEUE = "select notification_id, held from delivery_queue where service_id = ?";
    private static final String VIEW =
            "select status, count(*) from notification_view where service_id = ? group by status";

    /** What the log says of one notification. */
    record Story(String id, Set<String> events) {

        boolean has(String event) {
            return events.contains("notification." + event);
        }

        boolean hasEnded() {
            return has("sent") || failed() || suppressed() || has("cancelled") || has("expired");
        }

        boolean failed() {
            return has("failed") && !has("sent");
        }

        boolean suppressed() {
            return has("suppressed");
        }

        /** It says itself that the recipient may have more than one. */
        boolean ownsUpToDoubles() {
            return has("attempt-outcome-unknown") || has("sent-again");
        }
    }

    /** Where the log ends now. */
    static long position(Stage stage) throws SQLException {
        try (java.sql.Connection connection = stage.connectToPrimary();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select coalesce(max(position), 0) from event_log")) {
            row.next();
            return row.getLong(1);
        }
    }

    static Books of(Stage stage, String service, long after) throws Exception {
        int ready;
        int parked;
        try (Connection connection = stage.connectToRabbit();
                Channel channel = connection.createChannel()) {
            ready = (int) channel.messageCount("general_queue");
            parked = (int) channel.messageCount("notifications.queue.dlq");
        }
        try (java.sql.Connection connection = stage.connectToPrimary()) {
            connection.setTransactionIsolation(java.sql.Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            return new Books(
                    stories(connection, service, after),
                    queue(connection, service, false),
                    queue(connection, service, true),
                    viewed(connection, service),
                    ready,
                    parked);
        }
    }

    private static Map<String, List<Story>> stories(java.sql.Connection connection, String service, long after)
            throws SQLException {
        Map<String, Map<String, Story>> byKey = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(LOG)) {
            statement.setLong(1, after);
            statement.setString(2, service);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    byKey.computeIfAbsent(String.valueOf(row.getString("key")), _ -> new TreeMap<>())
                            .computeIfAbsent(row.getString("aggregate"), id -> new Story(id, new HashSet<>()))
                            .events
                            .add(row.getString("event"));
                }
            }
        }
        Map<String, List<Story>> stories = new HashMap<>();
        byKey.forEach((key, ofKey) -> stories.put(key, List.copyOf(ofKey.values())));
        return stories;
    }

    private static Set<String> queue(java.sql.Connection connection, String service, boolean held) throws SQLException {
        Set<String> ids = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(QUEUE)) {
            statement.setString(1, service);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    if (row.getBoolean("held") == held) {
                        ids.add(row.getObject("notification_id", UUID.class).toString());
                    }
                }
            }
        }
        return ids;
    }

    private static Map<String, Integer> viewed(java.sql.Connection connection, String service) throws SQLException {
        Map<String, Integer> viewed = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(VIEW)) {
            statement.setString(1, service);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    viewed.put(row.getString(1), row.getInt(2));
                }
            }
        }
        return viewed;
    }

    boolean waits(Story story) {
        return due.contains(story.id) || held.contains(story.id);
    }

    List<Story> all() {
        return stories.values().stream().flatMap(List::stream).toList();
    }

    int requested() {
        return count(story -> story.has("requested"));
    }

    int count(java.util.function.Predicate<Story> which) {
        return Math.toIntExact(all().stream().filter(which).count());
    }

    int viewed(String status) {
        return viewed.getOrDefault(status, 0);
    }
}
