package dev.tidings.application.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.ledger.Difference.Source;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.notification.NotificationStatus;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SheetTest {

    private static final Tally TEN =
            new Tally(10, Map.of(NotificationStatus.SENT, 6L, NotificationStatus.CANCELLED, 1L), 3);
    private static final Tally NINE = new Tally(9, Map.of(NotificationStatus.SENT, 6L), 3);

    @Test
    void it_balances_when_everything_accepted_is_found_once_in_each_place() {
        Sheet sheet = sheet(TEN, 0, TEN, TEN, 3);

        assertThat(sheet.isBalanced()).isTrue();
        assertThat(sheet.behind()).isZero();
    }

    @Test
    void views_that_have_not_been_told_everything_yet_are_no_imbalance() {
        Sheet sheet = sheet(TEN, 0, NINE, NINE, 3);

        assertThat(sheet.isBalanced()).isTrue();
        assertThat(sheet.behind()).isOne();
    }

    @Test
    void views_that_show_something_else_than_they_were_told_are() {
        Tally tampered = new Tally(10, Map.of(NotificationStatus.SENT, 5L, NotificationStatus.FAILED, 2L), 3);

        assertThat(sheet(TEN, 0, TEN, tampered, 3).differences())
                .containsExactly(
                        new Difference(Source.VIEWS, "sent", 6, 5),
                        new Difference(Source.VIEWS, "failed", 0, 2),
                        new Difference(Source.VIEWS, "cancelled", 1, 0));
    }

    @Test
    void what_waits_without_a_row_in_the_queue_is_told_and_so_is_a_row_for_nothing() {
        assertThat(sheet(TEN, 0, TEN, TEN, 2).differences())
                .containsExactly(new Difference(Source.QUEUE, "waiting", 3, 2));
        assertThat(sheet(TEN, 0, TEN, TEN, 4).differences())
                .containsExactly(new Difference(Source.QUEUE, "waiting", 3, 4));
    }

    @Test
    void what_ended_without_having_been_accepted_is_told() {
        Tally nineAccepted = new Tally(9, TEN.ended(), TEN.waiting());

        assertThat(sheet(nineAccepted, 1, TEN, TEN, 3).differences())
                .containsExactly(
                        new Difference(Source.LOG, "accepted", 10, 9),
                        new Difference(Source.LOG, "missing_events", 0, 1));
    }

    @Test
    void whatever_stands_at_no_end_waits() {
        Tally tally = Tally.NONE
                .plus(NotificationStatus.HELD, 1, 1)
                .plus(NotificationStatus.RETRYING, 2, 2)
                .plus(NotificationStatus.SCHEDULED, 3, 3)
                .plus(NotificationStatus.SENT, 4, 4)
                .plus(NotificationStatus.SENT, 1, 1);

        assertThat(tally).isEqualTo(new Tally(11, Map.of(NotificationStatus.SENT, 5L), 6));
        assertThat(tally.endedOrWaiting()).isEqualTo(11);
    }

    private static Sheet sheet(Tally log, long missing, Tally shown, Tally views, long queued) {
        return new Sheet(
                new ServiceId("shop"), Instant.parse("2026-03-01T12:00:00Z"), log, missing, shown, views, queued);
    }
}
