package dev.tidings.application.reports;

import static dev.tidings.application.doubles.Drafts.marketing;
import static dev.tidings.application.doubles.Drafts.welcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.application.acceptance.NotificationDraft;
import dev.tidings.application.acceptance.Receipt;
import dev.tidings.application.doubles.ScriptedProvider;
import dev.tidings.application.doubles.TidingsInMemory;
import dev.tidings.application.reports.ProviderNews.DeliveryReport;
import dev.tidings.application.reports.ProviderNews.ReachableAgain;
import dev.tidings.application.reports.ProviderNews.Sent;
import dev.tidings.application.reports.ProviderNews.Unreachable;
import dev.tidings.application.suppression.Suppressions.Suppressed;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.NotificationEvent;
import dev.tidings.domain.notification.NotificationEvent.NotificationSent;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import dev.tidings.domain.notification.ReportedStage;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.PhoneNumber;
import dev.tidings.domain.recipient.Reach;
import dev.tidings.domain.recipient.Suppression;
import dev.tidings.domain.recipient.SuppressionReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordReportsTest {

    private static final Failure NO_SUCH_MAILBOX = new Failure("550 5.1.1", "no such mailbox");

    private final TidingsInMemory tidings = new TidingsInMemory();

    @AfterEach
    void close() {
        tidings.close();
    }

    @Test
    void a_report_is_matched_by_the_providers_id() {
        NotificationId id = sent(welcome("ada"));

        hear(report("accepted-" + id, ReportedStage.DELIVERED, null));

        assertThat(status(id)).isEqualTo(NotificationStatus.DELIVERED);
        assertThat(tidings.events.messages().getLast().getMetaData()).containsEntry("serviceId", "accounts");
    }

    @Test
    void a_report_that_comes_before_our_own_commit_is_kept_and_matched_later() {
        tidings.engine.start();
        tidings.provider.hold();
        NotificationId id = accept(welcome("ada"));
        await().until(() -> tidings.provider.received().size() == 1);
        hear(report("accepted-" + id, ReportedStage.DELIVERED, null));
        assertThat(tidings.reports.match()).isZero();
        assertThat(tidings.unmatched.size()).isEqualTo(1);

        tidings.provider.release();
        await().until(() -> tidings.queue.all().isEmpty());

        assertThat(tidings.reports.match()).isEqualTo(1);
        assertThat(status(id)).isEqualTo(NotificationStatus.DELIVERED);
        assertThat(tidings.unmatched.size()).isZero();
    }

    @Test
    void what_nobody_here_sent_is_forgotten_after_three_days() {
        hear(report("of-somebody-else", ReportedStage.DELIVERED, null));

        tidings.clock.advance(Duration.ofDays(3));
        tidings.reports.forget();
        assertThat(tidings.unmatched.size()).isEqualTo(1);
        tidings.clock.advance(Duration.ofSeconds(1));
        tidings.reports.forget();

        assertThat(tidings.unmatched.size()).isZero();
    }

    @Test
    void a_report_that_gives_our_own_id_back_needs_no_match() {
        tidings.engine.start();
        tidings.provider.answer(new SendOutcome.Unknown(new Failure("timeout", "no answer")));
        NotificationId id = accept(marketing("ada"));
        await().until(() -> tidings.queue.find(id).filter(row -> row.held()).isPresent());

        hear(new DeliveryReport("m-1", new Sent(id, 1), ReportedStage.ACCEPTED, null, null, now()));

        assertThat(status(id)).isEqualTo(NotificationStatus.SENT);
        assertThat(tidings.queue.all()).isEmpty();
        assertThat(tidings.events.payloads(id))
                .last()
                .isInstanceOfSatisfying(
                        NotificationSent.class, it -> assertThat(it.doubtful()).isZero());
    }

    @Test
    void a_report_on_what_is_not_known_changes_nothing() {
        hear(new DeliveryReport(
                null, new Sent(NotificationId.at(1, 2, 3), 1), ReportedStage.DELIVERED, null, null, now()));

        assertThat(tidings.events.payloads()).isEmpty();
    }

    @Test
    void a_hard_bounce_suppresses_the_address_and_says_why_to_the_next() {
        NotificationId id = sent(welcome("ada"));

        hear(new DeliveryReport(
                "accepted-" + id, null, ReportedStage.BOUNCED, NO_SUCH_MAILBOX, SuppressionReason.BOUNCED, now()));

        assertThat(status(id)).isEqualTo(NotificationStatus.BOUNCED);
        Receipt next = tidings.accept.accept(welcome("ada")).join();
        assertThat(next.status()).isEqualTo(NotificationStatus.SUPPRESSED);
        assertThat(tidings.events.payloads(next.notificationId()).getLast().toString())
                .contains("the address is suppressed: bounced, by scripted");
    }

    @Test
    void who_stops_hears_no_more_until_they_start_again() {
        Reach phone = new Reach(Channel.SMS, new PhoneNumber("+4930123456"));
        hear(new Unreachable(phone.channel(), phone.address(), SuppressionReason.OPTED_OUT, now()));
        assertThat(tidings.suppressions.find(List.of(phone)))
                .containsEntry(phone, new Suppression(SuppressionReason.OPTED_OUT, "scripted", now()));

        hear(new ReachableAgain(phone.channel(), phone.address(), now()));

        assertThat(tidings.suppressions.find(List.of(phone))).isEmpty();
    }

    @Test
    void to_start_again_does_not_make_a_dead_address_alive() {
        Reach mail = new Reach(Channel.EMAIL, new EmailAddress("ada@example.org"));
        tidings.suppressions.add(
                List.of(new Suppressed(mail, new Suppression(SuppressionReason.BOUNCED, "smtp", now()))));

        hear(new ReachableAgain(mail.channel(), mail.address(), now()));

        assertThat(tidings.suppressions.find(List.of(mail))).containsKey(mail);
    }

    @Test
    void a_recipient_that_is_gone_is_suppressed_in_the_commit_that_says_so() {
        tidings.engine.start();
        tidings.provider.answer(new SendOutcome.RecipientGone(NO_SUCH_MAILBOX, SuppressionReason.GONE));
        NotificationId id = accept(welcome("ada"));
        await().until(() -> tidings.queue.all().isEmpty());

        assertThat(status(id)).isEqualTo(NotificationStatus.FAILED);
        Reach mail = new Reach(Channel.EMAIL, new EmailAddress("ada@example.org"));
        assertThat(tidings.suppressions.find(List.of(mail)).get(mail))
                .isEqualTo(new Suppression(SuppressionReason.GONE, "scripted", now()));
    }

    @Test
    void a_clock_that_is_ahead_is_not_believed() {
        NotificationId id = sent(welcome("ada"));

        hear(new DeliveryReport("accepted-" + id, null, ReportedStage.DELIVERED, null, null, now().plusSeconds(3_600)));

        assertThat(tidings.events.payloads(id))
                .last()
                .isInstanceOfSatisfying(
                        NotificationEvent.NotificationDelivered.class,
                        delivered -> assertThat(delivered.at()).isEqualTo(now()));
    }

    private NotificationId sent(NotificationDraft draft) {
        tidings.engine.start();
        NotificationId id = accept(draft);
        await().until(() -> tidings.queue.find(id).isEmpty());
        return id;
    }

    private NotificationId accept(NotificationDraft draft) {
        return tidings.accept.accept(draft).join().notificationId();
    }

    private void hear(ProviderNews... news) {
        tidings.reports.heard(ScriptedProvider.NAME, List.of(news));
    }

    private DeliveryReport report(String id, ReportedStage stage, @Nullable Failure failure) {
        return new DeliveryReport(id, null, stage, failure, null, now());
    }

    private Instant now() {
        return tidings.clock.instant();
    }

    private NotificationStatus status(NotificationId id) {
        return NotificationStatus.after(
                (NotificationEvent) tidings.events.payloads(id).getLast());
    }
}
