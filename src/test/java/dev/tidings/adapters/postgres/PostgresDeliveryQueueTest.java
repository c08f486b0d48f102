package dev.tidings.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.application.delivery.DeliveryQueue;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.application.doubles.DeliveryQueueContract;
import dev.tidings.application.notification.Message;
import dev.tidings.application.notification.NotificationContents;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.testing.PrivatePostgres;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

class PostgresDeliveryQueueTest extends DeliveryQueueContract {

    private static final DataSource DATABASE = PrivatePostgres.migrated();
    private static final int PATIENCE_IN_SECONDS = 10;

    private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);
    private final TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(DATABASE));

    @Override
    protected DeliveryQueue startedAs(String node) {
        PostgresNode started = PostgresNode.named(node);
        return new PostgresDeliveryQueue(jdbc, () -> started);
    }

    @Override
    protected NotificationContents contents() {
        return new PostgresContents(jdbc);
    }

    @Override
    protected void inOneCommit(Runnable work) {
        transactions.executeWithoutResult(_ -> work.run());
    }

    @AfterEach
    void forgetEverything() {
        jdbc.update("delete from delivery_queue");
        jdbc.update("delete from notification_content");
    }

    @Test
    void nobody_waits_for_a_claim_that_is_not_committed_yet() {
        NotificationId first = added(Lane.INSTANT, NOW.minusSeconds(1));
        NotificationId second = added(Lane.INSTANT, NOW);
        transactions.setTimeout(PATIENCE_IN_SECONDS);
        transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

        inOneCommit(() -> {
            assertThat(ids(claim(1))).containsExactly(first);
            inOneCommit(() -> assertThat(ids(claim(2))).containsExactly(second));
        });
    }

    @Test
    void whoever_renews_waits_for_nobody_who_settles() {
        NotificationId settled = added(Lane.INSTANT, NOW.minusSeconds(1));
        NotificationId kept = added(Lane.INSTANT, NOW);
        DeliveryQueue queue = startedAs("renewing");
        List<OutgoingMessage> claimed =
                queue.claim(Channel.EMAIL, DeliveryQueue.Order.URGENT_FIRST, 2, NOW, NOW.plusSeconds(60));
        assertThat(ids(claimed)).containsExactly(settled, kept);
        Instant later = NOW.plus(Duration.ofHours(1));
        transactions.setTimeout(PATIENCE_IN_SECONDS);
        transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

        inOneCommit(() -> {
            queue.settle(List.of(new DeliveryQueue.Settlement.Ended(settled, 1)));
            inOneCommit(() -> queue.renew(List.of(settled, kept), later));
        });

        assertThat(jdbc.queryForList("select claimed_until from delivery_queue", Timestamp.class))
                .containsExactly(Timestamp.from(later));
    }

    @Test
    void mail_is_kept_packed_and_what_is_only_text_can_be_read() {
        added(new Message("Hello", "Hello, Ada", "<p>Hello, Ada</p>"));
        added(new Message("", "Your code is 123456", null));

        assertThat(jdbc.queryForList("select text_body from notification_content where packed is null", String.class))
                .containsExactly("Your code is 123456");
        assertThat(jdbc.queryForList(
                        "select text_body from notification_content where packed is not null", String.class))
                .containsExactly((String) null);
    }

    @Test
    void mail_from_before_it_was_packed_goes_out_as_it_was() {
        added(new Message("Hello", "Hello, Ada", "<p>Hello, Ada</p>"));
        jdbc.update(
                "update notification_content set packed = null, text_body = 'Dear Ada', unpacked_html = '<b>Ada</b>'");

        assertThat(startedAs("one").claim(Channel.EMAIL, DeliveryQueue.Order.URGENT_FIRST, 1, NOW, NOW.plusSeconds(60)))
                .extracting(OutgoingMessage::message)
                .containsExactly(new Message("Hello", "Dear Ada", "<b>Ada</b>"));
    }

    @Test
    void mail_that_cannot_be_read_keeps_no_other_from_going_out() {
        NotificationId broken = added(new Message("Hello", "Hello, Ada", "<p>Hello, Ada</p>"));
        NotificationId sound = added(new Message("Hello", "Hello, Eve", "<p>Hello, Eve</p>"));
        jdbc.update("update notification_content set packed = '\\x00' where notification_id = ?", broken.value());
        DeliveryQueue queue = startedAs("one");
        Instant end = NOW.plusSeconds(60);

        assertThat(ids(queue.claim(Channel.EMAIL, DeliveryQueue.Order.URGENT_FIRST, 2, NOW, end)))
                .containsExactly(sound);
        assertThat(queue.interrupted(end.plusMillis(1), 2))
                .extracting(DeliveryQueue.Interrupted::notificationId)
                .contains(broken);
    }

    @Test
    void what_has_no_words_is_not_kept() {
        NotificationId id = added(new Message("", "Your code is 123456", null));

        assertThatThrownBy(() -> jdbc.update(
                        "update notification_content set text_body = null where notification_id = ?", id.value()))
                .isInstanceOf(DataIntegrityViolationException.class);
    }
}
