package dev.tidings.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.application.delivery.DeliveryQueue;
import dev.tidings.application.delivery.DeliveryQueue.Entry;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.testing.PrivatePostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class PostgresPeersTest {

    private static final DataSource DATABASE = PrivatePostgres.migrated();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);
    private final Semaphore mayConnect = new Semaphore(1);
    private final AtomicInteger wakeUps = new AtomicInteger();
    private PostgresPeers peers;

    @BeforeEach
    void startANodeCalledOne() throws SQLException {
        peers = new PostgresPeers(
                PostgresNode.named("one"), whenAllowed(), jdbc, () -> List.of(wakeUps::incrementAndGet));
        peers.start();
    }

    @AfterEach
    void stop() {
        mayConnect.release();
        peers.stop();
        await().atMost(PATIENCE).until(() -> sessions().isEmpty());
    }

    @Test
    void a_node_that_lost_its_session_takes_its_name_again() throws SQLException {
        PostgresNode before = peers.node();

        endItsSession();
        mayConnect.release();
        await().atMost(PATIENCE).until(() -> wakeUps.get() > 0);

        assertThat(peers.node()).isEqualTo(before);
        assertThat(isHeld("one")).isTrue();
    }

    @Test
    void a_node_whose_name_was_taken_meanwhile_goes_by_another_that_it_holds() throws SQLException {
        endItsSession();
        try (Connection session = DATABASE.getConnection()) {
            PostgresNode successor = PostgresNode.named("one").holdingItsName(session);
            assertThat(successor.name()).isEqualTo("one");

            mayConnect.release();
            await().atMost(PATIENCE).until(() -> wakeUps.get() > 0);

            assertThat(peers.node().name()).matches("one-[0-9a-f]{4}");
            assertThat(isHeld(peers.node().name())).isTrue();
            assertNoClaimOfTheNodeIsTakenFor(successor);
        }
    }

    private void assertNoClaimOfTheNodeIsTakenFor(PostgresNode successor) {
        NotificationId id = NotificationId.at(NOW.toEpochMilli(), 1, 1);
        DeliveryQueue queue = new PostgresDeliveryQueue(jdbc, peers::node);
        queue.add(List.of(new Entry(
                id,
                new RequestContext(new ServiceId("shop"), null, null),
                Channel.EMAIL,
                Lane.NORMAL,
                NOW,
                null,
                0,
                Optional.of(NOW.plusSeconds(60)))));

        assertThat(new PostgresDeliveryQueue(jdbc, () -> successor).interrupted(NOW, 10))
                .isEmpty();
    }

    private DataSource whenAllowed() {
        return new DelegatingDataSource(DATABASE) {
            @Override
            public Connection getConnection() throws SQLException {
                mayConnect.acquireUninterruptibly();
                return super.getConnection();
            }
        };
    }

    private void endItsSession() {
        assertThat(sessions()).singleElement().satisfies(pid -> {
            assertThat(jdbc.queryForObject("select pg_terminate_backend(?, 10000)", Boolean.class, pid))
                    .isTrue();
        });
    }

    private List<Integer> sessions() {
        return jdbc.query("""
                select pid from pg_locks
                where locktype = 'advisory'
                  and database = (select oid from pg_database where datname = current_database())""", (row, _) -> row.getInt(1));
    }

    private static boolean isHeld(String name) throws SQLException {
        try (Connection session = DATABASE.getConnection()) {
            return !new PostgresNode(name, "").holds(session);
        }
    }
}
