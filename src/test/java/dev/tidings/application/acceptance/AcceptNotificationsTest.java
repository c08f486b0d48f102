package dev.tidings.application.acceptance;

import static dev.tidings.application.doubles.Drafts.CONTEXT;
import static dev.tidings.application.doubles.Drafts.fromMessage;
import static dev.tidings.application.doubles.Drafts.marketing;
import static dev.tidings.application.doubles.Drafts.passwordReset;
import static dev.tidings.application.doubles.Drafts.registration;
import static dev.tidings.application.doubles.Drafts.tip;
import static dev.tidings.application.doubles.Drafts.tooLate;
import static dev.tidings.application.doubles.Drafts.welcome;
import static dev.tidings.application.doubles.Drafts.welcomes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidings.application.InvalidInput;
import dev.tidings.application.delivery.DeliverySettings;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.application.doubles.InMemoryDeliveryQueue.Row;
import dev.tidings.application.doubles.Outage;
import dev.tidings.application.doubles.ScriptedProvider;
import dev.tidings.application.doubles.TidingsInMemory;
import dev.tidings.application.preferences.Recipients.Recipient;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.Finding;
import dev.tidings.domain.notification.Finding.Rule;
import dev.tidings.domain.notification.Finding.Verdict;
import dev.tidings.domain.notification.NotificationEvent.NotificationRequested;
import dev.tidings.domain.notification.NotificationEvent.NotificationSuppressed;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import dev.tidings.domain.preferences.PreferencesEvent.PreferencesCreated;
import dev.tidings.domain.preferences.PreferencesId;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.axonframework.common.transaction.Transaction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AcceptNotificationsTest {

    private static final int COMMITTERS = 1;
    private static final int IN_FLIGHT = 4;

    /** The one that holds the others up, a lone item for each committer, and a share of the group for each. */
    private static final int MOST_TRANSACTIONS = 1 + COMMITTERS + COMMITTERS;

    private final TidingsInMemory tidings = new TidingsInMemory(
            new ScriptedProvider(1),
            new DeliverySettings(IN_FLIGHT, IN_FLIGHT, TidingsInMemory.LEASE, Duration.ofMinutes(5)));

    @AfterEach
    void close() {
        tidings.close();
    }

    @Test
    void what_arrives_together_shares_commits() {
        int before = tidings.transactions.commits();

        List<CompletableFuture<Receipt>> receipts = acceptTogether(welcomes(50));

        assertThat(receipts)
                .extracting(CompletableFuture::join)
                .extracting(Receipt::notificationId)
                .doesNotHaveDuplicates();
        assertThat(tidings.transactions.commits() - before).isBetween(1 + COMMITTERS + 1, MOST_TRANSACTIONS);
        assertThat(tidings.queue.all()).hasSize(COMMITTERS + 50);
        assertThat(tidings.contents.all()).hasSize(COMMITTERS + 50);
        assertThat(tidings.events.payloads()).hasSize(COMMITTERS + 50);
    }

    @Test
    void the_ids_of_one_commit_and_millisecond_sort_as_they_came() {
        List<NotificationId> ids = acceptTogether(welcomes(50)).stream()
                .map(receipt -> receipt.join().notificationId())
                .toList();

        assertThat(ids.subList(1 + COMMITTERS, 50)).isSorted();
    }

    @Test
    void the_receipt_of_a_new_one_says_that_it_is_queued() {
        Receipt receipt = tidings.accept.accept(welcome("ada")).join();

        assertThat(receipt).isEqualTo(new Receipt(receipt.notificationId(), NotificationStatus.QUEUED, false, null));
        assertThat(tidings.events.payloads(receipt.notificationId()))
                .singleElement()
                .isInstanceOfSatisfying(NotificationRequested.class, requested -> {
                    assertThat(requested.particulars().serviceId()).isEqualTo(CONTEXT.serviceId());
                    assertThat(requested.particulars().userId()).isEqualTo(new UserId("ada"));
                    assertThat(requested.findings())
                            .extracting(Finding::rule)
                            .containsExactly(Rule.PREFERENCES, Rule.DUPLICATE, Rule.SUPPRESSION);
                });
        assertThat(tidings.contents.find(receipt.notificationId())).hasValueSatisfying(content -> {
            assertThat(content.recipient()).isEqualTo(new EmailAddress("ada@example.org"));
            assertThat(content.message().subject()).isEqualTo("Hello ada");
        });
    }

    @Test
    void what_a_person_switched_off_is_suppressed_and_says_why() {
        tidings.preferences.create(new UserId("ada"), null, Map.of(new NotificationType("marketing"), false), CONTEXT);

        Receipt receipt = tidings.accept.accept(marketing("ada")).join();

        assertThat(receipt.status()).isEqualTo(NotificationStatus.SUPPRESSED);
        assertThat(tidings.queue.all()).isEmpty();
        assertThat(tidings.events.payloads(receipt.notificationId()))
                .hasExactlyElementsOfTypes(NotificationRequested.class, NotificationSuppressed.class)
                .first()
                .isInstanceOfSatisfying(
                        NotificationRequested.class,
                        requested -> assertThat(requested.findings()).first().satisfies(finding -> {
                            assertThat(finding.rule()).isEqualTo(Rule.PREFERENCES);
                            assertThat(finding.verdict()).isEqualTo(Verdict.SUPPRESS);
                            assertThat(finding.saw()).isEqualTo("marketing is off");
                        }));
        assertThat(tidings.contents.find(receipt.notificationId())).isPresent();
    }

    @Test
    void what_a_person_switched_off_does_not_keep_the_rest_from_being_sent() {
        tidings.preferences.create(new UserId("ada"), null, Map.of(new NotificationType("marketing"), false), CONTEXT);

        List<CompletableFuture<Receipt>> receipts =
                acceptTogether(List.of(marketing("ada"), passwordReset("ada"), marketing("bob")));

        assertThat(receipts)
                .extracting(receipt -> receipt.join().status())
                .containsExactly(NotificationStatus.SUPPRESSED, NotificationStatus.QUEUED, NotificationStatus.QUEUED);
    }

    @Test
    void a_redelivered_message_changes_nothing_and_gets_the_first_id() {
        Receipt first = tidings.accept.accept(fromMessage("m-1", "ada")).join();
        int events = tidings.events.payloads().size();

        Receipt again = tidings.accept.accept(fromMessage("m-1", "ada")).join();

        assertThat(again.notificationId()).isEqualTo(first.notificationId());
        assertThat(again.repeated()).isTrue();
        assertThat(first.repeated()).isFalse();
        assertThat(tidings.events.payloads()).hasSize(events);
        assertThat(tidings.queue.all()).hasSize(1);
        assertThat(tidings.contents.all()).hasSize(1);
    }

    @Test
    void a_repetition_that_comes_after_its_time_gets_the_first_answer() {
        Receipt first = tidings.accept.accept(fromMessage("m-1", "ada")).join();

        Receipt again =
                tidings.accept.accept(tooLate(fromMessage("m-1", "ada"))).join();

        assertThat(again.notificationId()).isEqualTo(first.notificationId());
        assertThat(again.repeated()).isTrue();
    }

    @Test
    void what_comes_too_late_and_repeats_nothing_is_refused_and_leaves_nothing() {
        List<CompletableFuture<Receipt>> receipts =
                acceptTogether(List.of(fromMessage("m-1", "ada"), tooLate(fromMessage("m-2", "bob"))));

        assertThat(receipts.get(0).join().repeated()).isFalse();
        assertThatThrownBy(receipts.get(1)::join).hasRootCauseInstanceOf(InvalidInput.class);
        assertThat(tidings.accept.accept(fromMessage("m-2", "bob")).join().repeated())
                .isFalse();
    }

    @Test
    void a_message_delivered_twice_within_a_group_leads_to_one_notification() {
        List<CompletableFuture<Receipt>> receipts = acceptTogether(
                List.of(fromMessage("m-1", "ada"), fromMessage("m-2", "bob"), fromMessage("m-1", "ada")));

        Receipt first = receipts.get(0).join();
        assertThat(receipts.get(2).join())
                .isEqualTo(new Receipt(first.notificationId(), NotificationStatus.QUEUED, true, null));
        assertThat(first.repeated()).isFalse();
        assertThat(receipts.get(1).join().notificationId()).isNotEqualTo(first.notificationId());
        assertThat(tidings.queue.all()).hasSize(COMMITTERS + 2);
        assertThat(tidings.events.payloads(first.notificationId())).hasSize(1);
    }

    @Test
    void a_message_that_could_not_be_kept_is_new_when_it_comes_again() {
        tidings.transactions.failNextCommit(new Outage());
        assertThatThrownBy(
                        () -> tidings.accept.accept(fromMessage("m-1", "ada")).join())
                .hasCauseInstanceOf(Outage.class);

        assertThat(tidings.accept.accept(fromMessage("m-1", "ada")).join().repeated())
                .isFalse();
    }

    @Test
    void a_registration_opens_preferences_and_keeps_the_address() {
        tidings.accept.accept(registration("m-1", "ada")).join();

        assertThat(tidings.events.payloads(new PreferencesId(new UserId("ada"))))
                .singleElement()
                .isInstanceOfSatisfying(
                        PreferencesCreated.class,
                        created -> assertThat(created.choices()).isEmpty());
        assertThat(tidings.recipients.find(new UserId("ada")))
                .contains(new Recipient(new UserId("ada"), new EmailAddress("ada@example.org"), "ada"));
    }

    @Test
    void a_person_who_registers_again_keeps_the_preferences() {
        tidings.accept.accept(registration("m-1", "ada")).join();
        tidings.preferences.change(new UserId("ada"), null, Map.of(new NotificationType("welcome"), false), CONTEXT);

        Receipt again = tidings.accept.accept(registration("m-2", "ada")).join();

        assertThat(again.status()).isEqualTo(NotificationStatus.SUPPRESSED);
        assertThat(tidings.events.payloads(new PreferencesId(new UserId("ada"))))
                .filteredOn(PreferencesCreated.class::isInstance)
                .hasSize(1);
    }

    @Test
    void a_person_who_registers_twice_within_a_group_gets_preferences_once() {
        List<CompletableFuture<Receipt>> receipts = acceptTogether(
                List.of(registration("m-1", "ada"), registration("m-2", "ada"), registration("m-1", "ada")));

        assertThat(receipts).allSatisfy(receipt -> assertThat(receipt.join()).isNotNull());
        assertThat(tidings.events.payloads(new PreferencesId(new UserId("ada"))))
                .hasSize(1);
    }

    @Test
    void one_that_cannot_be_kept_does_not_take_the_others_down() {
        tidings.contents.refuse(content -> content.recipient().value().startsWith("poison"));

        List<CompletableFuture<Receipt>> receipts = acceptTogether(
                List.of(welcome("ada"), welcome("poison-1"), welcome("bob"), welcome("eve"), welcome("poison-2")));

        assertThatThrownBy(receipts.get(1)::join).hasRootCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(receipts.get(4)::join).hasRootCauseInstanceOf(IllegalStateException.class);
        for (int survivor : new int[] {0, 2, 3}) {
            assertThat(tidings.queue.find(receipts.get(survivor).join().notificationId()))
                    .isPresent();
        }
        assertThat(tidings.queue.all()).hasSize(COMMITTERS + 3);
        assertThat(tidings.contents.all()).hasSize(COMMITTERS + 3);
        assertThat(tidings.events.payloads()).hasSize(COMMITTERS + 3);
    }

    @Test
    void an_outage_meets_all_of_a_group_at_once() {
        Transaction turn = tidings.transactions.startTransaction();
        occupyCommitters();
        List<CompletableFuture<Receipt>> receipts = acceptAll(welcomes(50));
        for (int i = 0; i < 2 * MOST_TRANSACTIONS; i++) {
            tidings.transactions.failNextCommit(new Outage());
        }
        turn.rollback();

        assertThat(receipts)
                .allSatisfy(receipt -> assertThatThrownBy(receipt::join).hasCauseInstanceOf(Outage.class));
        assertThat(tidings.transactions.rollbacks()).isLessThanOrEqualTo(MOST_TRANSACTIONS);
        assertThat(tidings.events.payloads()).isEmpty();
    }

    @Test
    void what_may_go_out_at_once_is_claimed_in_the_same_commit() {
        startAndDrain();
        tidings.provider.hold();

        Receipt receipt = tidings.accept.accept(welcome("ada")).join();

        assertThat(tidings.queue.find(receipt.notificationId())).hasValueSatisfying(row -> {
            assertThat(row.attempt()).isEqualTo(1);
            assertThat(row.claimedUntil()).isEqualTo(tidings.clock.instant().plus(TidingsInMemory.LEASE));
        });
        tidings.provider.release();
        await().until(() -> tidings.queue.all().isEmpty());
        assertThat(tidings.provider.received()).singleElement().satisfies(message -> {
            assertThat(message.notificationId()).isEqualTo(receipt.notificationId());
            assertThat(message.attempt()).isEqualTo(1);
            assertThat(message.context()).isEqualTo(CONTEXT);
        });
    }

    @Test
    void what_finds_no_place_waits_in_the_queue_and_is_sent_after() {
        startAndDrain();
        tidings.provider.hold();

        List<CompletableFuture<Receipt>> receipts = acceptTogether(welcomes(10));
        receipts.forEach(CompletableFuture::join);

        assertThat(tidings.queue.all()).filteredOn(Row::isClaimed).hasSize(IN_FLIGHT);
        tidings.provider.release();
        await().until(() -> tidings.queue.all().isEmpty());
    }

    @Test
    void the_most_urgent_of_a_group_get_the_places() {
        startAndDrain();
        tidings.provider.hold();

        List<NotificationDraft> group = new ArrayList<>();
        Stream.of("a", "b", "c", "d", "e").map(user -> marketing(user)).forEach(group::add);
        group.add(passwordReset("ada"));
        group.add(passwordReset("bob"));
        List<CompletableFuture<Receipt>> receipts = acceptTogether(group);

        assertThat(receipts.subList(5, 7))
                .allSatisfy(receipt -> assertThat(
                                tidings.queue.find(receipt.join().notificationId()))
                        .hasValueSatisfying(row -> assertThat(row.isClaimed()).isTrue()));
        tidings.provider.release();
        await().until(() -> tidings.queue.all().isEmpty());
        assertThat(firstAfterTheOpeners(2)).containsExactlyInAnyOrder("ada@example.org", "bob@example.org");
    }

    /** Lines send side by side: which of two that were taken at the same time comes first is chance. */
    private List<String> firstAfterTheOpeners(int count) {
        return tidings.provider.received().stream()
                .map(OutgoingMessage::recipient)
                .map(Address::value)
                .filter(address -> !address.startsWith("opener"))
                .limit(count)
                .toList();
    }

    @Test
    void places_are_returned_when_the_commit_fails() {
        startAndDrain();

        for (int i = 0; i < 3 * IN_FLIGHT; i++) {
            tidings.transactions.failNextCommit(new Outage());
            assertThatThrownBy(() -> tidings.accept.accept(welcome("ada")).join())
                    .hasCauseInstanceOf(Outage.class);
        }

        assertAllPlacesAreFree();
    }

    @Test
    void places_that_nothing_came_of_are_returned() {
        startAndDrain();
        tidings.preferences.create(new UserId("ada"), null, Map.of(new NotificationType("marketing"), false), CONTEXT);

        for (int i = 0; i < 3 * IN_FLIGHT; i++) {
            tidings.accept.accept(marketing("ada")).join();
            tidings.accept.accept(fromMessage("m-1", "bob")).join();
        }

        await().until(() -> tidings.queue.all().isEmpty());
        assertAllPlacesAreFree();
    }

    @Test
    void nothing_is_accepted_once_it_is_closed() {
        tidings.accept.close();

        assertThatThrownBy(() -> tidings.accept.accept(welcome("ada")).join())
                .hasCauseInstanceOf(RejectedExecutionException.class);
    }

    private void startAndDrain() {
        tidings.engine.start();
        assertAllPlacesAreFree();
    }

    private void assertAllPlacesAreFree() {
        await().until(() -> {
            int places = tidings.engine.reserve(Collections.nCopies(IN_FLIGHT, Lane.LOW).stream());
            tidings.engine.cancel(places);
            return places == IN_FLIGHT;
        });
    }

    /** Commits one lone item for each committer, and these together after it. */
    private List<CompletableFuture<Receipt>> acceptTogether(List<NotificationDraft> drafts) {
        Transaction turn = tidings.transactions.startTransaction();
        occupyCommitters();
        List<CompletableFuture<Receipt>> receipts = acceptAll(drafts);
        turn.commit();
        await().until(() -> receipts.stream().allMatch(CompletableFuture::isDone));
        return receipts;
    }

    private void occupyCommitters() {
        for (int busy = 1; busy <= COMMITTERS; busy++) {
            int waiting = busy;
            var _ = tidings.accept.accept(passwordReset("opener-" + busy));
            await().until(() -> tidings.transactions.waiting() == waiting);
        }
    }

    private List<CompletableFuture<Receipt>> acceptAll(List<NotificationDraft> drafts) {
        return drafts.stream().map(tidings.accept::accept).toList();
    }

    @Test
    void of_some_types_an_address_gets_only_so_many() {
        Receipt first = tidings.accept.accept(tip("ada")).join();
        tidings.accept.accept(tip("ada")).join();
        Receipt third = tidings.accept.accept(tip("ada")).join();
        Receipt ofAnother = tidings.accept.accept(tip("grace")).join();

        assertThat(first.status()).isEqualTo(NotificationStatus.QUEUED);
        assertThat(ofAnother.status()).isEqualTo(NotificationStatus.QUEUED);
        assertThat(third.status()).isEqualTo(NotificationStatus.SUPPRESSED);
        assertThat(tidings.events.payloads(third.notificationId()).getLast())
                .isInstanceOfSatisfying(
                        NotificationSuppressed.class,
                        suppressed -> assertThat(suppressed.reason())
                                .isEqualTo("at most 2 of tip to one address in PT24H, and it has had them"));
    }
}
