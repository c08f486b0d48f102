package dev.tidings.adapters.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.adapters.eventstore.Follower.Pace;
import dev.tidings.application.commit.Claimant;
import dev.tidings.application.commit.LogProcessor.Logged;
import dev.tidings.testing.PrivatePostgres;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.serialization.json.JacksonSerializer;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** With the tables, transactions and claims of production. */
class FollowerOnPostgresTest {

    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Pace PACE = new Pace(SOON, SOON, NEVER, SOON, SOON);
    private static final DataSource DATABASE = PrivatePostgres.migrated();

    private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);
    private final EventJson json = EventJson.create();
    private final LogTable log = new LogTable(jdbc, json);
    private final TransactionManager transactions = new SpringTransactionManager(new JdbcTransactionManager(DATABASE));
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<Follower> followers = new ArrayList<>();

    @BeforeEach
    void empty() {
        jdbc.execute("truncate domain_event_entry restart identity");
        jdbc.execute("truncate token_entry");
        jdbc.execute("create table if not exists seen (event_id text)");
        jdbc.execute("truncate seen");
    }

    @AfterEach
    void stop() {
        released.countDown();
        followers.forEach(Follower::stop);
        assertThat(followers).allMatch(follower -> follower.hasEndedWithin(Duration.ofSeconds(10)));
    }

    @Test
    void what_a_batch_writes_and_its_token_are_one_transaction() {
        append("a", "b");

        follow("one", ScriptedProcessor.inside("views").doing(this::see), null);

        await().until(() -> position() == 2);
        assertThat(jdbc.queryForList(
                        "select distinct xmin::text from seen union select xmin::text from token_entry", String.class))
                .hasSize(1);
    }

    @Test
    void what_was_written_is_undone_when_the_batch_fails_after_it() {
        AtomicInteger failures = new AtomicInteger(2);
        append("a");

        follow(
                "one",
                ScriptedProcessor.inside("views").doing(batch -> {
                    see(batch);
                    if (failures.getAndDecrement() > 0) {
                        throw new IllegalStateException("after the write");
                    }
                }),
                null);

        await().until(() -> position() == 1);
        assertThat(seen()).isEqualTo(1);
        assertThat(failures).hasValue(-1);
    }

    @Test
    void who_has_lost_its_claim_while_it_processed_leaves_nothing_behind() {
        ScriptedProcessor slow = ScriptedProcessor.inside("views").doing(batch -> {
            see(batch);
            awaitRelease();
        });
        append("a");
        Follower one = follow("one", slow, null);
        await().until(() -> slow.calls() == 1);
        jdbc.update(
                "update token_entry set owner = 'two', timestamp = ?",
                Instant.now().toString());

        released.countDown();

        await().until(() -> !one.isStillClaimed());
        assertThat(seen()).isZero();
        assertThat(position()).isZero();
    }

    @Test
    void a_token_that_was_taken_over_and_given_back_is_not_set_back() {
        ScriptedProcessor slow = ScriptedProcessor.outside("views").doing(_ -> awaitRelease());
        append("a");
        Follower one = follow("one", slow, null);
        await().until(() -> slow.calls() == 1);
        append("b");
        jdbc.update("update token_entry set owner = 'two'");
        TokenStore two = tokens("two");
        transactions.executeInTransaction(
                () -> two.storeToken(GapAwareTrackingToken.newInstance(2, List.of()), "views", 0));
        jdbc.update("update token_entry set owner = null, timestamp = '2020-01-01T00:00:00Z'");
        one.stop();

        released.countDown();

        assertThat(one.hasEndedWithin(Duration.ofSeconds(10))).isTrue();
        assertThat(position()).isEqualTo(2);
    }

    @Test
    void another_node_takes_over_from_one_that_said_nothing_for_ten_seconds() {
        append("a");
        jdbc.update(
                "insert into token_entry (processor_name, segment, timestamp, owner) values ('views', 0, ?, 'dead')",
                Instant.now().minusMillis(8_500).toString());

        ScriptedProcessor views = ScriptedProcessor.inside("views");
        follow("two", views, null);
        assertThat(views.calls()).isZero();

        await().until(() -> position() == 1);
        assertThat(jdbc.queryForObject("select owner from token_entry", String.class))
                .isEqualTo("two");
        assertThat(views.calls()).isOne();
    }

    @Test
    void one_without_a_token_counts_as_replaying_until_it_is_where_the_log_ended() {
        append("a", "b", "c", "d", "e");
        ScriptedProcessor views = ScriptedProcessor.inside("views").doing(this::awaitReleaseAtTheSecond);

        follow("one", views, ReplayToken.createReplayToken(GapAwareTrackingToken.newInstance(4, List.of())));

        await().until(() -> position() == 3);
        assertThat(replaying()).isTrue();
        released.countDown();
        await().until(() -> position() == 5);
        assertThat(replaying()).isFalse();
        assertThat(views.processed()).hasSize(5);
    }

    @Test
    void a_token_that_was_left_in_the_midst_of_a_replay_goes_on_there() {
        append("a", "b", "c", "d", "e");
        TokenStore before = tokens("before");
        transactions.executeInTransaction(() -> before.initializeTokenSegments(
                "views",
                1,
                ReplayToken.createReplayToken(
                        GapAwareTrackingToken.newInstance(4, List.of()),
                        GapAwareTrackingToken.newInstance(2, List.of()))));
        ScriptedProcessor views = ScriptedProcessor.inside("views");

        follow("one", views, null);

        await().until(() -> position() == 5);
        assertThat(views.processed()).hasSize(3);
    }

    private Follower follow(String node, ScriptedProcessor processor, @Nullable TrackingToken beginning) {
        Follower follower = new Follower(
                processor,
                new PostgresLogReader(jdbc, json, InstantSource.system(), 3),
                tokens(node),
                transactions,
                () -> beginning,
                PACE);
        followers.add(follower);
        follower.start();
        return follower;
    }

    private TokenStore tokens(String node) {
        EventStoreConfiguration configuration = new EventStoreConfiguration();
        return configuration.tokenStore(
                configuration.connectionProvider(DATABASE),
                JacksonSerializer.defaultSerializer(),
                new Claimant(node, "nobody#"),
                jdbc);
    }

    private void append(String... userIds) {
        for (String userId : userIds) {
            log.append(userId, Instant.now());
        }
    }

    private void see(List<Logged> batch) {
        batch.forEach(logged -> jdbc.update("insert into seen values (?)", logged.eventId()));
    }

    private void awaitReleaseAtTheSecond(List<Logged> batch) {
        if (batch.size() < 3) {
            awaitRelease();
        }
    }

    private void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int seen() {
        return Objects.requireNonNull(jdbc.queryForObject("select count(*) from seen", Integer.class));
    }

    private long position() {
        return Objects.requireNonNull(
                jdbc.queryForObject("select coalesce(max(index), 0) from processor_position", Long.class));
    }

    private boolean replaying() {
        return Boolean.TRUE.equals(jdbc.queryForObject("select replaying from processor_position", Boolean.class));
    }
}
