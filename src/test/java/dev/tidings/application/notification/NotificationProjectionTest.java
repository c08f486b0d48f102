package dev.tidings.application.notification;

import static dev.tidings.application.doubles.Drafts.CONTEXT;
import static dev.tidings.application.doubles.Drafts.marketing;
import static dev.tidings.application.doubles.Drafts.registration;
import static dev.tidings.application.doubles.Drafts.welcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.application.doubles.TidingsInMemory;
import dev.tidings.application.notification.NotificationViews.Projected;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.recipient.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotificationProjectionTest {

    private static final SendOutcome BUSY = new SendOutcome.FailedForNow(new Failure("451", "busy"), Duration.ZERO);

    private final TidingsInMemory tidings = new TidingsInMemory();

    @BeforeEach
    void start() {
        tidings.engine.start();
    }

    @AfterEach
    void close() {
        tidings.close();
    }

    @Test
    void only_the_latest_of_a_batch_is_written() {
        NotificationId id = retriedAndSent();

        tidings.project(100);

        assertThat(tidings.views.written()).isEqualTo(1);
        assertThat(tidings.views.find(id)).hasValueSatisfying(projected -> {
            assertThat(projected.view().status()).isEqualTo(NotificationStatus.SENT);
            assertThat(projected.view().attempts()).isEqualTo(2);
            assertThat(projected.sequence()).isEqualTo(2);
            assertThat(projected.context()).isEqualTo(CONTEXT);
        });
    }

    @Test
    void each_batch_brings_the_view_up_to_date() {
        NotificationId id = retriedAndSent();

        tidings.project(1);

        assertThat(tidings.views.written()).isEqualTo(3);
        assertThat(tidings.views.find(id))
                .hasValueSatisfying(
                        projected -> assertThat(projected.view().status()).isEqualTo(NotificationStatus.SENT));
    }

    @Test
    void views_that_were_dropped_are_the_same_after_a_replay() {
        retriedAndSent();
        accept();
        tidings.accept.accept(registration("m-1", "bob")).join();
        await().until(() -> tidings.queue.all().isEmpty());
        tidings.project(2);
        List<Projected> before = tidings.views.all();

        tidings.views.drop();
        for (int batchSize : new int[] {1, 3, 100}) {
            tidings.project(batchSize);
            assertThat(tidings.views.all()).containsExactlyInAnyOrderElementsOf(before);
        }
    }

    @Test
    void a_replay_beside_views_that_are_up_to_date_changes_nothing() {
        retriedAndSent();
        tidings.project(100);
        int written = tidings.views.written();

        tidings.project(1);

        assertThat(tidings.views.written()).isEqualTo(written);
    }

    @Test
    void what_concerns_no_notification_is_left_out() {
        tidings.preferences.create(new UserId("ada"), null, Map.of(), CONTEXT);

        tidings.project(100);

        assertThat(tidings.views.all()).isEmpty();
    }

    private NotificationId retriedAndSent() {
        tidings.provider.answer(BUSY);
        NotificationId id = tidings.accept.accept(welcome("ada")).join().notificationId();
        await().until(() -> tidings.events.payloads(id).size() == 2);
        tidings.clock.advance(Duration.ofSeconds(5));
        tidings.engine.wake();
        await().until(() -> tidings.queue.find(id).isEmpty());
        return id;
    }

    private void accept() {
        NotificationId id = tidings.accept.accept(marketing("eve")).join().notificationId();
        await().until(() -> tidings.queue.find(id).isEmpty());
    }
}
