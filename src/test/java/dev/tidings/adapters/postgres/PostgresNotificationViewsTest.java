package dev.tidings.adapters.postgres;

import static dev.tidings.application.doubles.SampleEvents.PARTICULARS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.notification.NotificationView;
import dev.tidings.application.notification.NotificationViews.Projected;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.testing.PrivatePostgres;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class PostgresNotificationViewsTest {

    private static final DataSource DATABASE = PrivatePostgres.migrated();
    private static final RequestContext SHOP = new RequestContext(new ServiceId("shop"), "c-1", null);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(DATABASE));
    private final PostgresNotificationViews views = new PostgresNotificationViews(jdbc);
    private final NotificationId id = NotificationId.at(NOON.toEpochMilli(), 1, System.nanoTime());

    @Test
    void what_follows_changes_the_row_and_leaves_what_never_changes() {
        views.put(List.of(projected(0, NotificationStatus.QUEUED)));
        Map<String, @Nullable Object> before = row();

        views.put(List.of(projected(2, NotificationStatus.SENT)));

        assertThat(row())
                .containsEntry("status", "sent")
                .containsEntry("sequence", 2L)
                .containsEntry("attempts", 2)
                .containsEntry("provider", "relay")
                .containsEntry("reason", "because of 2")
                .containsEntry("service_id", before.get("service_id"))
                .containsEntry("correlation_id", before.get("correlation_id"))
                .containsEntry("requested_at", before.get("requested_at"));
    }

    @Test
    void what_is_older_than_what_is_there_is_left_out() {
        views.put(List.of(projected(2, NotificationStatus.SENT)));

        views.put(List.of(projected(1, NotificationStatus.RETRYING)));
        views.put(List.of(projected(0, NotificationStatus.QUEUED)));

        assertThat(row()).containsEntry("status", "sent").containsEntry("sequence", 2L);
    }

    @Test
    void what_is_not_there_is_added_though_it_is_not_the_first_of_its_life() {
        NotificationId known = NotificationId.at(NOON.toEpochMilli(), 2, System.nanoTime());
        views.put(List.of(projected(known, 0, NotificationStatus.QUEUED)));

        views.put(
                List.of(projected(known, 1, NotificationStatus.SENT), projected(id, 3, NotificationStatus.DELIVERED)));

        assertThat(row()).containsEntry("status", "delivered").containsEntry("service_id", "accounts");
    }

    @Test
    void many_new_ones_are_added_whole_and_again_they_change_nothing() {
        List<NotificationId> ids = IntStream.range(0, 40)
                .mapToObj(i -> NotificationId.at(NOON.toEpochMilli(), 3 + i, System.nanoTime()))
                .toList();
        List<Projected> queued = ids.stream()
                .map(each -> projected(each, 0, NotificationStatus.QUEUED))
                .toList();
        views.put(List.of(projected(0, NotificationStatus.QUEUED)));
        Map<String, @Nullable Object> inserted = row();

        put(queued);
        Map<String, @Nullable Object> copied = row(ids.getFirst());
        put(Stream.concat(queued.stream(), Stream.of(projected(ids.getFirst(), 1, NotificationStatus.SENT)))
                .toList());

        inserted.remove("notification_id");
        copied.remove("notification_id");
        assertThat(copied).isEqualTo(inserted);
        assertThat(row(ids.getFirst())).containsEntry("status", "sent");
        assertThat(row(ids.getLast())).containsEntry("status", "queued");
    }

    private void put(List<Projected> projected) {
        transaction.executeWithoutResult(_ -> views.put(projected));
    }

    private Map<String, @Nullable Object> row() {
        return row(id);
    }

    private Map<String, @Nullable Object> row(NotificationId id) {
        return jdbc.queryForMap("select * from notification_view where notification_id = ?", id.value());
    }

    private Projected projected(long sequence, NotificationStatus status) {
        return projected(id, sequence, status);
    }

    private static Projected projected(NotificationId id, long sequence, NotificationStatus status) {
        return new Projected(
                new NotificationView(
                        id,
                        PARTICULARS,
                        status,
                        "because of " + sequence,
                        (int) sequence,
                        0,
                        new ProviderName("relay"),
                        null,
                        NOON.plusSeconds(sequence)),
                SHOP,
                sequence,
                sequence == 0);
    }
}
