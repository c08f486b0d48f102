package dev.tidings.application.doubles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.application.delivery.ProviderMessages;
import dev.tidings.application.delivery.ProviderMessages.Known;
import dev.tidings.application.reports.ProviderNews.DeliveryReport;
import dev.tidings.application.reports.ProviderNews.Sent;
import dev.tidings.application.reports.UnmatchedReports;
import dev.tidings.application.reports.UnmatchedReports.Matched;
import dev.tidings.application.reports.UnmatchedReports.Unmatched;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.notification.ReportedStage;
import dev.tidings.domain.recipient.SuppressionReason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds for reports that came too early, whatever keeps them. */
public abstract class UnmatchedReportsContract {

    private static final Instant NOW = SettableClock.START;
    private static final ProviderName TWILIO = new ProviderName("twilio");
    private static final NotificationId ID = NotificationId.at(NOW.toEpochMilli(), 1, 1);

    protected abstract UnmatchedReports reports();

    protected abstract ProviderMessages messages();

    protected abstract void inOneCommit(Runnable work);

    private static DeliveryReport delivered(String id) {
        return new DeliveryReport(id, null, ReportedStage.DELIVERED, null, null, NOW);
    }

    private void keep(DeliveryReport... reports) {
        inOneCommit(() -> {
            for (DeliveryReport report : reports) {
                reports().keep(List.of(new Unmatched(TWILIO, report)), NOW);
            }
        });
    }

    private void nowKnown(ProviderName provider, String id) {
        messages().add(List.of(new Known(provider, id, ID, 2, NOW)));
    }

    @Test
    void what_is_known_by_now_is_taken_once_and_as_it_was_kept() {
        DeliveryReport bounced = new DeliveryReport(
                "SM1",
                new Sent(ID, 2),
                ReportedStage.BOUNCED,
                new Failure("30005", "unknown destination"),
                SuppressionReason.BOUNCED,
                NOW.plusNanos(1_000));
        keep(bounced, delivered("SM2"));
        nowKnown(TWILIO, "SM1");
        nowKnown(new ProviderName("other"), "SM2");

        assertThat(reports().take(10)).containsExactly(new Matched(TWILIO, bounced, ID, 2));
        assertThat(reports().take(10)).isEmpty();
        nowKnown(TWILIO, "SM2");
        assertThat(reports().take(10)).containsExactly(new Matched(TWILIO, delivered("SM2"), ID, 2));
    }

    @Test
    void those_of_one_message_are_taken_in_the_order_of_their_coming() {
        DeliveryReport accepted = new DeliveryReport("SM1", null, ReportedStage.ACCEPTED, null, null, NOW);
        DeliveryReport read = new DeliveryReport("SM1", null, ReportedStage.READ, null, null, NOW);
        keep(accepted, delivered("SM1"), read);
        nowKnown(TWILIO, "SM1");

        assertThat(reports().take(2)).extracting(Matched::report).containsExactly(accepted, delivered("SM1"));
        assertThat(reports().take(2)).extracting(Matched::report).containsExactly(read);
    }

    @Test
    void what_was_taken_is_there_again_when_the_transaction_fails() {
        keep(delivered("SM1"));
        nowKnown(TWILIO, "SM1");

        assertThatThrownBy(() -> inOneCommit(() -> {
                    assertThat(reports().take(10)).hasSize(1);
                    throw new IllegalStateException("after all");
                }))
                .hasMessage("after all");

        assertThat(reports().take(10)).hasSize(1);
    }

    @Test
    void only_what_is_older_is_forgotten_and_not_too_much_at_a_time() {
        keep(delivered("SM1"), delivered("SM2"), delivered("SM3"));

        assertThat(reports().forget(NOW, 2)).isZero();
        assertThat(reports().forget(NOW.plusSeconds(1), 2)).isEqualTo(2);
        assertThat(reports().forget(NOW.plusSeconds(1), 2)).isOne();
        nowKnown(TWILIO, "SM1");
        nowKnown(TWILIO, "SM2");
        nowKnown(TWILIO, "SM3");
        assertThat(reports().take(10)).isEmpty();
    }
}
