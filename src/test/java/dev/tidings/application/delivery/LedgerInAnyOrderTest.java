package dev.tidings.application.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.acceptance.NotificationDraft;
import dev.tidings.application.doubles.Drafts;
import dev.tidings.application.doubles.InMemoryDeliveryQueue.Row;
import dev.tidings.application.doubles.TidingsInMemory;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.NotificationCommand.RecordAttempt;
import dev.tidings.domain.notification.NotificationEvent;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.recipient.Channel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;

/** A notification's claims are lost and found, and what came of its attempts is told late, in any order. */
class LedgerInAnyOrderTest {

    private static final TidingsInMemory TIDINGS = new TidingsInMemory();
    private static final Failure BUSY = new Failure("451", "busy");
    private static final Set<NotificationStatus> ENDED =
            EnumSet.of(NotificationStatus.SENT, NotificationStatus.FAILED, NotificationStatus.SUPPRESSED);

    enum Step {
        CLAIM,
        ACCEPTED,
        BUSY,
        BOUNCED,
        CUT_OFF,
        CLAIM_LOST,
        LATE_ACCEPTED,
        LATE_BUSY,
        LATE_BOUNCED
    }

    @AfterContainer
    static void close() {
        TIDINGS.close();
    }

    @Property
    void it_has_ended_or_it_waits_in_the_queue(@ForAll boolean resend, @ForAll @Size(max = 14) List<Step> steps) {
        Life life = new Life(resend ? Drafts.welcome("ada") : Drafts.marketing("ada"));

        steps.forEach(life::step);
        life.step(Step.CLAIM_LOST);

        Optional<Row> row = TIDINGS.queue.find(life.id);
        assertThat(row.isEmpty()).as("%s, %s", life.status(), row).isEqualTo(ENDED.contains(life.status()));
        row.ifPresent(waiting -> {
            assertThat(waiting.isClaimed()).isFalse();
            assertThat(waiting.held()).isEqualTo(life.status() == NotificationStatus.HELD);
            TIDINGS.queue.settle(List.of(new DeliveryQueue.Settlement.Ended(life.id, waiting.attempt())));
        });
    }

    /** Of one notification, whose attempts are made by nodes that may lose their claims without knowing. */
    private static final class Life {

        private final NotificationId id;
        private final Deque<OutgoingMessage> claimed = new ArrayDeque<>();
        private final Deque<OutgoingMessage> lost = new ArrayDeque<>();

        Life(NotificationDraft draft) {
            id = TIDINGS.accept.accept(draft).join().notificationId();
        }

        void step(Step step) {
            TIDINGS.clock.advance(Duration.ofMinutes(3));
            switch (step) {
                case CLAIM ->
                    claimed.addAll(TIDINGS.queue.claim(
                            Channel.EMAIL,
                            DeliveryQueue.Order.URGENT_FIRST,
                            1,
                            TIDINGS.clock.instant(),
                            TIDINGS.clock.instant().plusSeconds(1_000_000)));
                case CLAIM_LOST -> lose();
                case ACCEPTED -> report(claimed, new SendOutcome.Accepted("1"));
                case BUSY -> report(claimed, new SendOutcome.FailedForNow(LedgerInAnyOrderTest.BUSY, Duration.ZERO));
                case BOUNCED -> report(claimed, new SendOutcome.FailedForGood(LedgerInAnyOrderTest.BUSY));
                case CUT_OFF -> report(claimed, new SendOutcome.Unknown(LedgerInAnyOrderTest.BUSY));
                case LATE_ACCEPTED -> report(lost, new SendOutcome.Accepted("1"));
                case LATE_BUSY -> report(lost, new SendOutcome.FailedForNow(LedgerInAnyOrderTest.BUSY, Duration.ZERO));
                case LATE_BOUNCED -> report(lost, new SendOutcome.FailedForGood(LedgerInAnyOrderTest.BUSY));
            }
        }

        private void lose() {
            TIDINGS.queue.holderDied(id);
            TIDINGS.recover.recover();
            lost.addAll(claimed);
            claimed.clear();
        }

        private void report(Deque<OutgoingMessage> from, SendOutcome outcome) {
            OutgoingMessage message = from.poll();
            if (message != null) {
                var now = TIDINGS.clock.instant();
                var _ = TIDINGS.attempts
                        .record(new AttemptReport(
                                new RecordAttempt(
                                        id, message.attempt(), TIDINGS.provider.name(), outcome, now, now, List.of()),
                                message.context(),
                                null,
                                false))
                        .join();
            }
        }

        NotificationStatus status() {
            return NotificationStatus.after(
                    (NotificationEvent) TIDINGS.events.payloads(id).getLast());
        }
    }
}
