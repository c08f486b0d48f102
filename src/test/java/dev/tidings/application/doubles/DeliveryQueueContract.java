package dev.tidings.application.doubles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidings.application.delivery.DeliveryQueue;
import dev.tidings.application.delivery.DeliveryQueue.Depth;
import dev.tidings.application.delivery.DeliveryQueue.Entry;
import dev.tidings.application.delivery.DeliveryQueue.Interrupted;
import dev.tidings.application.delivery.DeliveryQueue.Oldest;
import dev.tidings.application.delivery.DeliveryQueue.Order;
import dev.tidings.application.delivery.DeliveryQueue.Settlement;
import dev.tidings.application.delivery.DeliveryQueue.Settlement.DueAgain;
import dev.tidings.application.delivery.DeliveryQueue.Settlement.Ended;
import dev.tidings.application.delivery.DeliveryQueue.Settlement.Held;
import dev.tidings.application.delivery.DeliveryQueue.Settlement.TooLate;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.application.notification.Message;
import dev.tidings.application.notification.NotificationContents;
import dev.tidings.application.notification.NotificationContents.Content;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.EmailAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for a delivery queue whatever keeps its rows. */
public abstract class DeliveryQueueContract {

    protected static final Instant NOW = SettableClock.START;
    private static final Instant EARLIER = NOW.minusSeconds(30);
    private static final Instant LATER = NOW.plusSeconds(30);
    private static final Instant LEASE_END = NOW.plus(TidingsInMemory.LEASE);
    private static final Instant AFTER_THE_LEASE = LEASE_END.plusMillis(1);
    private static final Instant WHEN_NO_LEASE_LASTS = NOW.plus(Duration.ofDays(365));
    private static final int ALL = 1_000;

    private final AtomicInteger ids = new AtomicInteger();
    private DeliveryQueue queue;
    private DeliveryQueue other;

    /** The queue for a node that starts now; the same name once more is a restart. */
    protected abstract DeliveryQueue startedAs(String node);

    protected abstract NotificationContents contents();

    protected abstract void inOneCommit(Runnable work);

    private static final Message.Extras EXTRAS = new Message.Extras(
            "welcome",
            Map.of("name", "Ada"),
            Map.of("order", "7"),
            URI.create("https://media.example/a.png"),
            Map.of("instance", "sales"));

    @BeforeEach
    void startTwoNodes() {
        queue = startedAs("one");
        other = startedAs("one-2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_claim_brings_all_that_is_needed_to_send_it(boolean withAllThatMayBeAbsent) {
        RequestContext context =
                withAllThatMayBeAbsent ? Drafts.CONTEXT : new RequestContext(new ServiceId("shop"), null, null);
        Content content = new Content(
                nextId(),
                context.serviceId(),
                new NotificationType("welcome"),
                Channel.EMAIL,
                new EmailAddress("ada@example.org"),
                withAllThatMayBeAbsent ? "Ada" : null,
                new Message(
                        "Hello",
                        "Hello, Ada",
                        withAllThatMayBeAbsent ? "<p>Hello, Ada</p>" : null,
                        withAllThatMayBeAbsent ? EXTRAS : Message.Extras.NONE),
                withAllThatMayBeAbsent ? new ProviderName("smtp") : null);
        add(
                content,
                new Entry(content.notificationId(), context, Channel.EMAIL, Lane.HIGH, NOW, null, 0, Optional.empty()));

        assertThat(claim(ALL))
                .containsExactly(new OutgoingMessage(
                        content.notificationId(),
                        1,
                        Lane.HIGH,
                        context,
                        content.recipient(),
                        content.recipientName(),
                        content.message(),
                        content.provider(),
                        OutgoingMessage.LastLook.NOTHING));
    }

    @Test
    void what_is_claimed_when_it_is_added_is_on_record_as_the_first_attempt() {
        NotificationId id = addedAndClaimed(LEASE_END);

        assertThat(claims()).containsExactly(new Interrupted(id, 1, Drafts.CONTEXT));
        assertThat(claim(ALL)).isEmpty();
        assertThat(queue.nextDue(Channel.EMAIL, NOW)).isEmpty();
    }

    @Test
    void what_was_in_the_queue_before_goes_on_counting_its_attempts() {
        NotificationId due = nextId();
        NotificationId claimed = nextId();
        add(content(due), new Entry(due, Drafts.CONTEXT, Channel.EMAIL, Lane.HIGH, NOW, null, 4, Optional.empty()));
        add(
                content(claimed),
                new Entry(claimed, Drafts.CONTEXT, Channel.EMAIL, Lane.HIGH, NOW, null, 4, Optional.of(LEASE_END)));
        NotificationId untried = added(Lane.HIGH, LATER);

        assertThat(claims()).containsExactly(new Interrupted(claimed, 5, Drafts.CONTEXT));
        assertThat(claim(queue, ALL, LATER))
                .extracting(OutgoingMessage::notificationId, OutgoingMessage::attempt)
                .containsExactly(tuple(untried, 1), tuple(due, 5));
    }

    @Test
    void nothing_is_added_when_the_transaction_fails() {
        assertThatThrownBy(() -> inOneCommit(() -> {
                    added(Lane.NORMAL, NOW);
                    throw new IllegalStateException("after all");
                }))
                .hasMessage("after all");

        assertNothingWaits();
    }

    @Test
    void a_notification_cannot_wait_twice() {
        NotificationId id = added(Lane.NORMAL, NOW);

        assertThatThrownBy(() -> inOneCommit(() -> queue.add(List.of(entry(id, Lane.NORMAL, NOW, null)))))
                .isInstanceOf(RuntimeException.class);
        assertThat(claim(ALL)).hasSize(1);
    }

    @Test
    void many_are_added_at_once() {
        List<NotificationId> added = List.of(nextId(), nextId(), nextId());
        inOneCommit(() -> {
            contents().add(added.stream().map(DeliveryQueueContract::content).toList());
            queue.add(
                    added.stream().map(id -> entry(id, Lane.NORMAL, NOW, null)).toList());
        });

        assertThat(ids(claim(ALL))).containsExactlyInAnyOrderElementsOf(added);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, ALL})
    void claims_are_by_lane_then_the_untried_then_by_due_time(int atATime) {
        OneOfEachKind waiting = new OneOfEachKind();

        List<NotificationId> claimed = new ArrayList<>();
        for (int count = 0; count < 7; count += atATime) {
            List<NotificationId> some = ids(claim(atATime));
            assertThat(some).hasSizeLessThanOrEqualTo(atATime);
            claimed.addAll(some);
        }

        assertThat(claimed)
                .containsExactly(
                        waiting.olderInstant,
                        waiting.instant,
                        waiting.triedInstant,
                        waiting.high,
                        waiting.normal,
                        waiting.low,
                        waiting.triedLow);
    }

    @Test
    void for_a_change_the_lanes_are_looked_through_in_reverse() {
        OneOfEachKind waiting = new OneOfEachKind();

        List<NotificationId> claimed = new ArrayList<>();
        for (int count = 0; count < 7; count++) {
            claimed.addAll(ids(queue.claim(Channel.EMAIL, Order.URGENT_LAST, 1, NOW, LEASE_END)));
        }

        assertThat(claimed)
                .containsExactly(
                        waiting.low,
                        waiting.triedLow,
                        waiting.normal,
                        waiting.high,
                        waiting.olderInstant,
                        waiting.instant,
                        waiting.triedInstant);
    }

    private final class OneOfEachKind {
        final NotificationId triedLow = tried(Lane.LOW, EARLIER.minusSeconds(5));
        final NotificationId triedInstant = tried(Lane.INSTANT, EARLIER.minusSeconds(5));
        final NotificationId low = added(Lane.LOW, EARLIER.minusSeconds(2));
        final NotificationId normal = added(Lane.NORMAL, EARLIER.minusSeconds(1));
        final NotificationId high = added(Lane.HIGH, EARLIER);
        final NotificationId instant = added(Lane.INSTANT, NOW);
        final NotificationId olderInstant = added(Lane.INSTANT, EARLIER);
    }

    @Test
    void what_is_due_later_is_left_until_then() {
        NotificationId id = added(Lane.INSTANT, LATER);

        assertThat(claim(queue, ALL, LATER.minusMillis(1))).isEmpty();
        assertThat(ids(claim(queue, ALL, LATER))).containsExactly(id);
    }

    @Test
    void what_is_claimed_is_skipped_even_when_its_lease_has_run_out() {
        added(Lane.NORMAL, NOW);
        claim(ALL);

        assertThat(claim(queue, ALL, AFTER_THE_LEASE)).isEmpty();
        assertThat(claim(other, ALL, AFTER_THE_LEASE)).isEmpty();
    }

    @Test
    void what_has_ended_is_gone() {
        NotificationId ended = claimed();
        NotificationId stays = claimed();

        settle(new Ended(ended, 1));

        assertThat(claims()).extracting(Interrupted::notificationId).containsExactly(stays);
        settle(new Ended(stays, 1));
        assertNothingWaits();
    }

    @Test
    void what_ended_with_an_earlier_attempt_is_gone_if_nobody_has_claimed_the_next() {
        NotificationId dueAgain = claimed();
        NotificationId held = claimed();
        settle(new DueAgain(dueAgain, 1, NOW), new DueAgain(held, 1, NOW));
        claim(ALL);
        settle(new DueAgain(dueAgain, 2, NOW), new Held(held, 2));

        settle(new Ended(dueAgain, 1), new Ended(held, 1));

        assertNothingWaits();
    }

    @Test
    void what_comes_too_late_takes_its_own_claim_only() {
        NotificationId claimed = claimed();
        NotificationId dueAgain = claimed();
        NotificationId claimedSince = claimed();
        settle(new DueAgain(dueAgain, 1, LATER), new DueAgain(claimedSince, 1, NOW));
        claim(ALL);

        settle(new TooLate(claimed, 1), new TooLate(dueAgain, 1), new TooLate(claimedSince, 1));

        assertThat(claims()).containsExactly(new Interrupted(claimedSince, 2, Drafts.CONTEXT));
        assertThat(ids(claim(queue, ALL, LATER))).containsExactly(dueAgain);
    }

    @Test
    void an_attempt_that_was_claimed_meanwhile_goes_on_whatever_became_of_the_earlier_one() {
        NotificationId id = claimed();
        settle(new DueAgain(id, 1, NOW));
        claim(other, ALL, NOW);

        settle(new Ended(id, 1), new DueAgain(id, 1, EARLIER), new Held(id, 1));

        assertThat(claims()).containsExactly(new Interrupted(id, 2, Drafts.CONTEXT));
        settle(new DueAgain(id, 2, NOW));
        assertThat(claim(ALL)).extracting(OutgoingMessage::attempt).containsExactly(3);
    }

    @Test
    void what_is_due_again_is_claimed_then_under_the_next_number() {
        NotificationId id = claimed();

        settle(new DueAgain(id, 1, LATER));

        assertThat(claims()).isEmpty();
        assertThat(claim(queue, ALL, LATER.minusMillis(1))).isEmpty();
        assertThat(claim(other, ALL, LATER)).singleElement().satisfies(again -> {
            assertThat(again.notificationId()).isEqualTo(id);
            assertThat(again.attempt()).isEqualTo(2);
        });
    }

    @Test
    void what_is_held_is_in_no_claim() {
        NotificationId id = claimed();

        settle(new Held(id, 1));

        assertThat(claims()).isEmpty();
        assertThat(claim(queue, ALL, WHEN_NO_LEASE_LASTS)).isEmpty();
        assertThat(queue.nextDue(Channel.EMAIL, NOW)).isEmpty();
        assertThat(queue.depths()).extracting(Depth::waiting).containsExactly(1L);
    }

    @Test
    void settlements_of_all_kinds_are_applied_together() {
        NotificationId ended = claimed();
        NotificationId dueAgain = claimed();
        NotificationId held = claimed();

        settle(new Held(held, 1), new Ended(ended, 1), new DueAgain(dueAgain, 1, NOW));

        assertThat(queue.depths()).extracting(Depth::waiting).containsExactly(2L);
        assertThat(ids(claim(ALL))).containsExactly(dueAgain);
    }

    @Test
    void nothing_is_settled_when_the_transaction_fails() {
        NotificationId ended = claimed();
        NotificationId dueAgain = claimed();
        NotificationId held = claimed();

        assertThatThrownBy(() -> inOneCommit(() -> {
                    queue.settle(List.of(new Ended(ended, 1), new DueAgain(dueAgain, 1, NOW), new Held(held, 1)));
                    throw new IllegalStateException("after all");
                }))
                .hasMessage("after all");

        assertThat(claims()).extracting(Interrupted::notificationId).containsExactlyInAnyOrder(ended, dueAgain, held);
    }

    @Test
    void what_is_given_back_is_due_as_before_and_the_attempt_doesnt_count() {
        NotificationId olderTried = tried(Lane.NORMAL, EARLIER);
        NotificationId untried = added(Lane.NORMAL, NOW);

        queue.giveBack(claim(ALL));

        assertThat(claims()).isEmpty();
        assertThat(queue.nextDue(Channel.EMAIL, NOW)).hasValue(EARLIER);
        assertThat(claim(other, ALL, NOW))
                .extracting(OutgoingMessage::notificationId, OutgoingMessage::attempt)
                .containsExactly(tuple(untried, 1), tuple(olderTried, 2));
    }

    @Test
    void only_its_holder_gives_a_claim_back_and_only_while_that_attempt_is_the_latest() {
        added(Lane.NORMAL, NOW);
        List<OutgoingMessage> first = claim(ALL);
        queue.giveBack(first);
        List<OutgoingMessage> othersFirst = claim(other, ALL, NOW);
        assertThat(othersFirst).isEqualTo(first);

        queue.giveBack(first);

        assertThat(claims()).extracting(Interrupted::attempt).containsExactly(1);
        settle(new DueAgain(first.getFirst().notificationId(), 1, NOW));
        claim(other, ALL, NOW);

        other.giveBack(othersFirst);

        assertThat(claims()).extracting(Interrupted::attempt).containsExactly(2);
    }

    @Test
    void what_is_of_no_use_any_more_is_in_no_claim_and_withdrawn_instead() {
        NotificationId over = expiring(NOW);
        NotificationId useful = expiring(NOW.plusMillis(1));

        assertThat(ids(claim(ALL))).containsExactly(useful);
        assertThat(withdrawnAsExpired(NOW, ALL)).containsExactly(over);
        assertThat(withdrawnAsExpired(NOW, ALL)).isEmpty();
    }

    @Test
    void no_more_are_withdrawn_as_expired_than_asked_for() {
        List<NotificationId> over = List.of(expiring(NOW), expiring(NOW), expiring(NOW));

        assertThat(withdrawnAsExpired(NOW, 2)).hasSize(2).isSubsetOf(over);
        assertThat(withdrawnAsExpired(NOW, 2)).hasSize(1).isSubsetOf(over);
    }

    @Test
    void what_is_claimed_or_held_does_not_expire() {
        NotificationId claimed = expiring(LATER);
        NotificationId held = expiring(LATER);
        claim(ALL);

        settle(new Held(held, 1));
        assertThat(withdrawnAsExpired(WHEN_NO_LEASE_LASTS, ALL)).isEmpty();

        settle(new DueAgain(claimed, 1, LATER));
        assertThat(withdrawnAsExpired(LATER, ALL)).containsExactly(claimed);
    }

    @Test
    void what_nobody_has_claimed_can_be_withdrawn_what_is_held_included() {
        NotificationId claimed = claimed();
        NotificationId held = claimed();
        settle(new Held(held, 1));
        NotificationId waiting = added(Lane.NORMAL, LATER);
        List<NotificationId> asked = List.of(claimed, held, waiting, nextId());

        inOneCommit(() -> assertThat(queue.withdraw(asked)).containsExactlyInAnyOrder(held, waiting));

        assertThat(queue.depths()).extracting(Depth::waiting).containsExactly(1L);
        assertThat(claims()).extracting(Interrupted::notificationId).containsExactly(claimed);
        assertThat(queue.withdraw(asked)).isEmpty();
    }

    @Test
    void what_nobody_has_claimed_can_be_made_due_at_another_time() {
        NotificationId waiting = tried(Lane.NORMAL, LATER);
        NotificationId held = claimed();
        settle(new Held(held, 1));

        inOneCommit(() -> {
            assertThat(queue.reschedule(waiting, NOW)).isTrue();
            assertThat(queue.reschedule(held, NOW.minusMillis(1))).isTrue();
        });

        assertThat(claim(other, ALL, NOW))
                .extracting(OutgoingMessage::notificationId, OutgoingMessage::attempt)
                .containsExactly(tuple(held, 2), tuple(waiting, 2));
    }

    @Test
    void what_is_claimed_or_gone_cannot_be_made_due_at_another_time() {
        NotificationId claimed = claimed();
        NotificationId gone = claimed();
        settle(new Ended(gone, 1));

        inOneCommit(() -> {
            assertThat(queue.reschedule(claimed, NOW)).isFalse();
            assertThat(queue.reschedule(gone, NOW)).isFalse();
        });

        assertThat(claim(ALL)).isEmpty();
        assertThat(claims()).containsExactly(new Interrupted(claimed, 1, Drafts.CONTEXT));
    }

    @Test
    void nothing_is_withdrawn_or_rescheduled_when_the_transaction_fails() {
        NotificationId withdrawn = added(Lane.NORMAL, NOW);
        NotificationId rescheduled = added(Lane.NORMAL, NOW);

        assertThatThrownBy(() -> inOneCommit(() -> {
                    queue.withdraw(List.of(withdrawn));
                    queue.reschedule(rescheduled, LATER);
                    throw new IllegalStateException("after all");
                }))
                .hasMessage("after all");

        assertThat(ids(claim(ALL))).containsExactlyInAnyOrder(withdrawn, rescheduled);
    }

    @Test
    void a_claim_that_is_renewed_lasts_longer() {
        NotificationId renewed = claimed();
        NotificationId left = claimed();

        queue.renew(List.of(renewed), AFTER_THE_LEASE);

        assertThat(interrupted(other, AFTER_THE_LEASE)).containsExactly(left);
        assertThat(interrupted(other, AFTER_THE_LEASE.plusMillis(1))).containsExactly(left, renewed);
    }

    @Test
    void nobody_renews_the_claims_of_another_or_claims_by_renewing() {
        NotificationId othersClaim = claimed();
        NotificationId unclaimed = added(Lane.NORMAL, NOW);

        other.renew(List.of(othersClaim, unclaimed), WHEN_NO_LEASE_LASTS);
        startedAs("one").renew(List.of(othersClaim, unclaimed), WHEN_NO_LEASE_LASTS);

        assertThat(interrupted(other, AFTER_THE_LEASE)).containsExactly(othersClaim);
        assertThat(ids(claim(ALL))).containsExactly(unclaimed);
    }

    @Test
    void a_claim_is_interrupted_for_everybody_once_its_lease_has_run_out() {
        NotificationId id = claimed();

        assertThat(queue.interrupted(LEASE_END, ALL)).isEmpty();
        assertThat(other.interrupted(LEASE_END, ALL)).isEmpty();
        assertThat(queue.interrupted(AFTER_THE_LEASE, ALL)).containsExactly(new Interrupted(id, 1, Drafts.CONTEXT));
        assertThat(other.interrupted(AFTER_THE_LEASE, ALL)).containsExactly(new Interrupted(id, 1, Drafts.CONTEXT));
    }

    @Test
    void the_claims_of_earlier_starts_of_a_node_are_interrupted_at_once_for_that_node_only() {
        NotificationId claimed = claimed();
        NotificationId addedAndClaimed = addedAndClaimed(LEASE_END.plusSeconds(1));
        DeliveryQueue restarted = startedAs("one");
        NotificationId own = added(Lane.NORMAL, NOW);
        claim(restarted, ALL, NOW);

        assertThat(interrupted(restarted, NOW)).containsExactly(claimed, addedAndClaimed);
        assertThat(interrupted(other, NOW)).isEmpty();
        assertThat(interrupted(startedAs("one"), NOW)).contains(own);
    }

    @Test
    void an_interrupted_claim_is_nobodys_its_holder_can_neither_keep_it_nor_give_it_back() {
        added(Lane.NORMAL, NOW);
        List<OutgoingMessage> claimed = claim(ALL);
        assertThat(interrupted(other, AFTER_THE_LEASE)).isEqualTo(ids(claimed));

        queue.renew(ids(claimed), WHEN_NO_LEASE_LASTS);
        queue.giveBack(claimed);

        assertThat(interrupted(other, AFTER_THE_LEASE)).isEqualTo(ids(claimed));
        assertThat(claim(queue, ALL, AFTER_THE_LEASE)).isEmpty();
    }

    @Test
    void those_are_interrupted_first_whose_lease_ended_first() {
        NotificationId third = addedAndClaimed(NOW.plusSeconds(3));
        NotificationId first = addedAndClaimed(NOW.plusSeconds(1));
        NotificationId second = addedAndClaimed(NOW.plusSeconds(2));

        assertThat(interrupted(other, WHEN_NO_LEASE_LASTS)).containsExactly(first, second, third);
        assertThat(other.interrupted(WHEN_NO_LEASE_LASTS, 2))
                .extracting(Interrupted::notificationId)
                .containsExactly(first, second);
    }

    @Test
    void the_next_to_be_due_is_the_earliest_in_any_lane_that_nobody_has_claimed() {
        assertThat(queue.nextDue(Channel.EMAIL, NOW)).isEmpty();
        claimed();
        added(Lane.INSTANT, LATER.plusSeconds(1));
        tried(Lane.LOW, LATER.plusSeconds(2));
        assertThat(queue.nextDue(Channel.EMAIL, NOW)).hasValue(LATER.plusSeconds(1));

        tried(Lane.LOW, LATER);

        assertThat(queue.nextDue(Channel.EMAIL, NOW)).hasValue(LATER);
    }

    @Test
    void what_is_of_no_use_any_more_is_never_next() {
        expiring(NOW);
        assertThat(queue.nextDue(Channel.EMAIL, NOW)).isEmpty();

        assertThat(queue.nextDue(Channel.EMAIL, NOW.minusMillis(1))).isPresent();
    }

    @Test
    void the_depths_count_all_that_wait_by_lane() {
        assertNothingWaits();
        NotificationId held = claimed();
        settle(new Held(held, 1));
        addedAndClaimed(LEASE_END);
        added(Lane.NORMAL, LATER);
        added(Lane.LOW, LATER);
        added(Lane.LOW, EARLIER);

        assertThat(queue.depths())
                .containsExactlyInAnyOrder(
                        new Depth(Channel.EMAIL, Lane.NORMAL, 3), new Depth(Channel.EMAIL, Lane.LOW, 2));
        assertThat(queue.oldest())
                .containsExactlyInAnyOrder(
                        new Oldest(Channel.EMAIL, Lane.NORMAL, NOW), new Oldest(Channel.EMAIL, Lane.LOW, EARLIER));
    }

    @Test
    void what_is_held_has_waited_for_nobody_but_a_person() {
        added(Lane.HIGH, EARLIER);
        NotificationId held = claim(ALL).getFirst().notificationId();

        settle(new Held(held, 1));

        assertThat(queue.depths()).containsExactly(new Depth(Channel.EMAIL, Lane.HIGH, 1));
        assertThat(queue.oldest()).isEmpty();
    }

    @Test
    void what_is_tried_again_or_on_its_way_can_be_the_oldest() {
        added(Lane.NORMAL, LATER);
        NotificationId again = addedAndClaimed(LEASE_END);
        settle(new DueAgain(again, 1, NOW));
        assertThat(queue.oldest()).containsExactly(new Oldest(Channel.EMAIL, Lane.NORMAL, NOW));

        assertThat(ids(claim(ALL))).containsExactly(again);
        assertThat(queue.oldest()).containsExactly(new Oldest(Channel.EMAIL, Lane.NORMAL, NOW));
    }

    protected final NotificationId added(Lane lane, Instant dueAt) {
        return added(lane, dueAt, null);
    }

    protected final NotificationId added(Message message) {
        NotificationId id = nextId();
        add(content(id, message), entry(id, Lane.NORMAL, NOW, null));
        return id;
    }

    private NotificationId addedAndClaimed(Instant until) {
        return added(Lane.NORMAL, NOW, until);
    }

    private NotificationId added(Lane lane, Instant dueAt, @Nullable Instant claimedUntil) {
        NotificationId id = nextId();
        add(content(id), entry(id, lane, dueAt, claimedUntil));
        return id;
    }

    private NotificationId expiring(Instant at) {
        NotificationId id = nextId();
        add(content(id), new Entry(id, Drafts.CONTEXT, Channel.EMAIL, Lane.NORMAL, EARLIER, at, 0, Optional.empty()));
        return id;
    }

    private Set<NotificationId> withdrawnAsExpired(Instant now, int limit) {
        Set<NotificationId> withdrawn = new HashSet<>();
        inOneCommit(() -> withdrawn.addAll(queue.withdrawExpired(now, limit)));
        return withdrawn;
    }

    private void add(Content content, Entry entry) {
        inOneCommit(() -> {
            contents().add(List.of(content));
            queue.add(List.of(entry));
        });
    }

    private static Content content(NotificationId id) {
        return content(id, new Message("Hello", "Hello, Ada", null));
    }

    private static Content content(NotificationId id, Message message) {
        return new Content(
                id,
                Drafts.CONTEXT.serviceId(),
                new NotificationType("welcome"),
                Channel.EMAIL,
                new EmailAddress("ada@example.org"),
                "Ada",
                message,
                null);
    }

    private static Entry entry(NotificationId id, Lane lane, Instant dueAt, @Nullable Instant claimedUntil) {
        return new Entry(id, Drafts.CONTEXT, Channel.EMAIL, lane, dueAt, null, 0, Optional.ofNullable(claimedUntil));
    }

    private NotificationId nextId() {
        return NotificationId.at(NOW.toEpochMilli(), ids.incrementAndGet(), 0);
    }

    /** Its first attempt failed for now. */
    private NotificationId tried(Lane lane, Instant dueAgainAt) {
        NotificationId id = added(lane, NOW, LEASE_END);
        settle(new DueAgain(id, 1, dueAgainAt));
        return id;
    }

    /** By node one, for its first attempt. */
    private NotificationId claimed() {
        NotificationId id = added(Lane.NORMAL, NOW);
        assertThat(ids(claim(ALL))).containsExactly(id);
        return id;
    }

    /** By node one, now. */
    protected final List<OutgoingMessage> claim(int limit) {
        return claim(queue, limit, NOW);
    }

    private static List<OutgoingMessage> claim(DeliveryQueue by, int limit, Instant now) {
        return by.claim(Channel.EMAIL, Order.URGENT_FIRST, limit, now, LEASE_END);
    }

    protected static List<NotificationId> ids(List<OutgoingMessage> messages) {
        return messages.stream().map(OutgoingMessage::notificationId).toList();
    }

    private void settle(Settlement... settlements) {
        inOneCommit(() -> queue.settle(List.of(settlements)));
    }

    /** All that there are, whoever holds them; afterwards nobody does. */
    private List<Interrupted> claims() {
        return queue.interrupted(WHEN_NO_LEASE_LASTS, ALL);
    }

    private static List<NotificationId> interrupted(DeliveryQueue seenBy, Instant at) {
        return seenBy.interrupted(at, ALL).stream()
                .map(Interrupted::notificationId)
                .toList();
    }

    private void assertNothingWaits() {
        assertThat(queue.depths()).isEmpty();
    }
}
