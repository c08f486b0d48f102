package dev.tidings.application.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.tidings.application.acceptance.Receipt;
import dev.tidings.application.doubles.Drafts;
import dev.tidings.application.doubles.TidingsInMemory;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.NotificationCommand.Resolution;
import dev.tidings.domain.notification.NotificationEvent;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationRefused;
import dev.tidings.domain.notification.NotificationStatus;
import dev.tidings.domain.notification.SendOutcome;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InterveneTest {

    private static final Failure REASON = new Failure("550", "no");

    private final TidingsInMemory tidings = new TidingsInMemory();
    private int people;

    @AfterEach
    void close() {
        tidings.close();
    }

    @Test
    void what_is_cancelled_leaves_the_queue_and_is_never_sent() {
        NotificationId id = accepted();

        tidings.intervene.cancel(id);
        tidings.intervene.cancel(id);

        assertThat(status(id)).isEqualTo(NotificationStatus.CANCELLED);
        assertThat(tidings.queue.all()).isEmpty();
        assertThat(RequestContext.of(tidings.events.messages().getLast().getMetaData()))
                .isEqualTo(Drafts.CONTEXT);
    }

    @Test
    void what_is_on_its_way_can_not_be_cancelled_and_stays_claimed() {
        tidings.engine.start();
        tidings.provider.hold();
        NotificationId id = accepted();
        await().until(() -> tidings.provider.received().size() == 1);

        assertThatExceptionOfType(NotificationRefused.class)
                .isThrownBy(() -> tidings.intervene.cancel(id))
                .extracting(NotificationRefused::reason)
                .isEqualTo(NotificationRefused.Reason.ON_ITS_WAY);
        tidings.provider.release();
        await().until(() -> status(id) == NotificationStatus.SENT);
    }

    @Test
    void what_is_rescheduled_is_due_then() {
        NotificationId id = accepted();
        var then = tidings.clock.instant().plus(Duration.ofHours(1));

        tidings.intervene.reschedule(id, then);

        assertThat(status(id)).isEqualTo(NotificationStatus.SCHEDULED);
        assertThat(tidings.queue.find(id))
                .hasValueSatisfying(row -> assertThat(row.dueAt()).isEqualTo(then));
    }

    @Test
    void what_has_failed_is_redriven_under_the_next_number() {
        tidings.provider.answer(new SendOutcome.FailedForGood(REASON));
        tidings.engine.start();
        NotificationId id = accepted();
        await().until(() -> status(id) == NotificationStatus.FAILED);

        tidings.intervene.redrive(id);

        await().until(() -> status(id) == NotificationStatus.SENT);
        assertThat(tidings.provider.received())
                .extracting(message -> message.attempt())
                .containsExactly(1, 2);
    }

    @Test
    void a_refused_order_changes_nothing_in_the_queue() {
        NotificationId id = held();

        assertThatExceptionOfType(NotificationRefused.class).isThrownBy(() -> tidings.intervene.cancel(id));

        assertThat(tidings.queue.find(id))
                .hasValueSatisfying(row -> assertThat(row.held()).isTrue());
    }

    @Test
    void what_is_held_is_sent_again_when_a_person_says_so() {
        NotificationId id = held();

        tidings.intervene.resolve(id, Resolution.RESEND);

        await().until(() -> status(id) == NotificationStatus.SENT);
    }

    @Test
    void what_is_given_up_or_found_to_have_arrived_leaves_the_queue() {
        NotificationId lost = held();
        tidings.intervene.resolve(lost, Resolution.FAILED);
        NotificationId arrived = held();
        tidings.intervene.resolve(arrived, Resolution.SENT);

        assertThat(status(lost)).isEqualTo(NotificationStatus.FAILED);
        assertThat(status(arrived)).isEqualTo(NotificationStatus.SENT);
        assertThat(tidings.queue.all()).isEmpty();
    }

    @Test
    void nothing_can_be_decided_about_what_nobody_asked_for() {
        assertThatExceptionOfType(NotificationRefused.class)
                .isThrownBy(() -> tidings.intervene.cancel(NotificationId.at(0, 1, 2)))
                .extracting(NotificationRefused::reason)
                .isEqualTo(NotificationRefused.Reason.NEVER_REQUESTED);
    }

    @Test
    void a_copy_is_suppressed_and_points_to_the_first_until_that_one_is_cancelled() {
        Receipt first =
                tidings.accept.accept(Drafts.unlessACopy(Drafts.welcome("ada"))).join();
        Receipt copy =
                tidings.accept.accept(Drafts.unlessACopy(Drafts.welcome("ada"))).join();
        tidings.intervene.cancel(first.notificationId());
        Receipt afterwards =
                tidings.accept.accept(Drafts.unlessACopy(Drafts.welcome("ada"))).join();

        assertThat(copy.status()).isEqualTo(NotificationStatus.SUPPRESSED);
        assertThat(copy.duplicateOf()).isEqualTo(first.notificationId());
        assertThat(afterwards.status()).isEqualTo(NotificationStatus.QUEUED);
        assertThat(afterwards.duplicateOf()).isNull();
    }

    private NotificationId accepted() {
        return tidings.accept.accept(Drafts.welcome("ada")).join().notificationId();
    }

    private NotificationId held() {
        tidings.provider.answer(new SendOutcome.Unknown(REASON));
        if (people == 0) {
            tidings.engine.start();
        }
        NotificationId id = tidings.accept
                .accept(Drafts.marketing("bob-" + people++))
                .join()
                .notificationId();
        await().until(() -> status(id) == NotificationStatus.HELD);
        return id;
    }

    private NotificationStatus status(NotificationId id) {
        return NotificationStatus.after(
                (NotificationEvent) tidings.events.payloads(id).getLast());
    }
}
