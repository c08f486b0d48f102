package dev.tidings.application.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.application.acceptance.NotificationDraft;
import dev.tidings.application.acceptance.Receipt;
import dev.tidings.application.doubles.Drafts;
import dev.tidings.application.doubles.TidingsInMemory;
import dev.tidings.domain.notification.NotificationEvent;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeepOrderTest {

    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration USE = Duration.ofMinutes(10);

    private final TidingsInMemory tidings = new TidingsInMemory();
    private final KeepOrder order = new KeepOrder(
            tidings.intervene,
            tidings.sources,
            tidings.recent,
            tidings.providerMessages,
            tidings.limits,
            tidings.clock,
            KEPT);

    @BeforeEach
    void theProviderIsAway() {
        tidings.provider.hold();
    }

    @AfterEach
    void close() {
        order.close();
        tidings.close();
    }

    @Test
    void all_that_is_of_no_use_any_more_expires_however_many_there_are() {
        List<NotificationId> useless = new ArrayList<>();
        for (int i = 0; i < 450; i++) {
            useless.add(accepted(Drafts.expiring(
                    Drafts.welcome("p-" + i), tidings.clock.instant().plus(USE))));
        }
        NotificationId lasting = accepted(Drafts.welcome("ada"));
        tidings.clock.advance(USE.minusSeconds(1));
        order.expire();
        assertThat(tidings.queue.all()).hasSize(451);

        tidings.clock.advance(Duration.ofSeconds(1));
        order.expire();

        assertThat(useless).allMatch(id -> status(id) == NotificationStatus.EXPIRED);
        assertThat(status(lasting)).isEqualTo(NotificationStatus.QUEUED);
        assertThat(tidings.queue.all()).hasSize(1);
    }

    @Test
    void a_message_is_remembered_for_as_long_as_promised_and_no_longer() {
        NotificationId first = accepted(Drafts.fromMessage("m-1", "ada"));
        tidings.clock.advance(KEPT);
        order.forget();
        assertThat(receipt(Drafts.fromMessage("m-1", "ada")).repeated()).isTrue();

        tidings.clock.advance(Duration.ofMillis(1));
        order.forget();

        Receipt again = receipt(Drafts.fromMessage("m-1", "ada"));
        assertThat(again.repeated()).isFalse();
        assertThat(again.notificationId()).isNotEqualTo(first);
    }

    @Test
    void it_is_done_without_being_asked_once_started() {
        NotificationId useless = accepted(
                Drafts.expiring(Drafts.welcome("ada"), tidings.clock.instant().plus(USE)));
        tidings.clock.advance(USE);

        order.start();

        await().until(() -> status(useless) == NotificationStatus.EXPIRED);
    }

    private NotificationId accepted(NotificationDraft draft) {
        return receipt(draft).notificationId();
    }

    private Receipt receipt(NotificationDraft draft) {
        return tidings.accept.accept(draft).join();
    }

    private NotificationStatus status(NotificationId id) {
        return NotificationStatus.after(
                (NotificationEvent) tidings.events.payloads(id).getLast());
    }
}
