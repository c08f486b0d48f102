package dev.tidings.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.acceptance.NotificationDraft.Source;
import dev.tidings.application.acceptance.Receipt;
import dev.tidings.application.acceptance.SourceMessages.SourceMessage;
import dev.tidings.application.doubles.InMemoryDeliveryQueue.Row;
import dev.tidings.application.doubles.TidingsInMemory;
import dev.tidings.domain.notification.NotificationEvent;
import dev.tidings.domain.notification.NotificationEvent.AttemptOutcomeUnknown;
import dev.tidings.domain.notification.NotificationEvent.AttemptRecorded;
import dev.tidings.domain.notification.NotificationEvent.NotificationRedriven;
import dev.tidings.domain.notification.NotificationEvent.NotificationRequested;
import dev.tidings.domain.notification.NotificationEvent.NotificationResolved;
import dev.tidings.domain.notification.NotificationEvent.NotificationScheduled;
import dev.tidings.domain.notification.NotificationEvent.NotificationSent;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import dev.tidings.simulation.Simulation.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Knows what callers were answered and what the provider got, and holds the log and the queue against that. */
final class Oracle {

    private final TidingsInMemory ports;
    private final SimulatedProvider provider;
    private final List<Submission> submissions;
    private final Set<NotificationId> cancelled = new HashSet<>();
    private final Map<SimulatedNode, Integer> outOfTurn = new HashMap<>();

    Oracle(TidingsInMemory ports, SimulatedProvider provider, List<Submission> submissions) {
        this.ports = ports;
        this.provider = provider;
        this.submissions = submissions;
    }

    List<NotificationId> accepted() {
        return List.copyOf(submissions.stream()
                .map(Submission::receipt)
                .filter(Objects::nonNull)
                .map(Receipt::notificationId)
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    NotificationStatus status(NotificationId id) {
        return NotificationStatus.after(log(id).getLast());
    }

    private List<NotificationEvent> log(NotificationId id) {
        return ports.events.payloads(id).stream()
                .map(NotificationEvent.class::cast)
                .toList();
    }

    void cancelled(NotificationId id) {
        assertThat(provider.arrived(id))
                .as("%s is cancelled, but has arrived", id)
                .allSatisfy(handover -> assertThat(decidedByAPerson(id)).isTrue());
        cancelled.add(id);
    }

    void checkReceipts() {
        Map<SourceMessage, Receipt> first = new HashMap<>();
        Map<SourceMessage, Source> said = new HashMap<>();
        for (Submission submission : submissions) {
            Receipt receipt = submission.receipt();
            if (receipt != null) {
                assertThat(log(receipt.notificationId()))
                        .as("what was answered %s is kept", receipt)
                        .isNotEmpty();
            }
            Source source = submission.draft().source();
            if (source == null || (receipt == null && !submission.reused())) {
                continue;
            }
            if (receipt != null && !receipt.repeated()) {
                assertThat(first.put(source.message(), receipt))
                        .as("%s has led to one notification", source)
                        .isNull();
                said.put(source.message(), source);
            }
        }
        for (Submission submission : submissions) {
            Source source = submission.draft().source();
            Receipt receipt = submission.receipt();
            if (source == null || !first.containsKey(source.message())) {
                continue;
            }
            boolean same = source.equals(said.get(source.message()));
            assertThat(submission.reused())
                    .as("%s is told from another request", source)
                    .isEqualTo(!same && (receipt != null || submission.reused()));
            if (receipt != null) {
                Receipt answered = Objects.requireNonNull(first.get(source.message()));
                assertThat(receipt.notificationId()).isEqualTo(answered.notificationId());
                assertThat(receipt.status()).isEqualTo(answered.status());
            }
        }
    }

    void checkClaims(SimulatedNode node, Collection<Row> claimed) {
        Instant now = ports.clock.instant();
        assertThat(claimed).allSatisfy(row -> {
            assertThat(row.dueAt()).as("due when it is claimed").isBeforeOrEqualTo(now);
            assertThat(row.isExpired(now)).as("expired when it is claimed").isFalse();
            assertThat(row.held()).as("held when it is claimed").isFalse();
        });
        int least = claimed.stream()
                .mapToInt(row -> row.entry().lane().rank())
                .max()
                .orElseThrow();
        boolean overtook = ports.queue.all().stream()
                .filter(Row::waits)
                .filter(row -> !row.dueAt().isAfter(now) && !row.isExpired(now))
                .anyMatch(row -> row.entry().lane().rank() < least);
        if (overtook) {
            outOfTurn.merge(node, 1, Integer::sum);
        }
        assertThat(outOfTurn.getOrDefault(node, 0))
                .as("claims that begin with the least urgent, of %d", node.claims)
                .isLessThanOrEqualTo(node.claims / 8);
    }

    void checkHandover(Handover handover) {
        NotificationId id = handover.message().notificationId();
        List<NotificationEvent> log = log(id);
        assertThat(provider.of(id))
                .as("an attempt of %s is made once", id)
                .extracting(each -> each.message().attempt())
                .doesNotHaveDuplicates();
        if (cancelled.contains(id)) {
            assertThat(decidedByAPerson(id))
                    .as("%s is sent though it was cancelled", id)
                    .isTrue();
        }
        switch (status(id)) {
            case SENT, DELIVERED, BOUNCED, EXPIRED ->
                assertThat(isDoubtful(id)).as("%s is sent after its end", id).isTrue();
            case SUPPRESSED -> throw new AssertionError(id + " is sent though it was suppressed");
            case SCHEDULED, QUEUED, RETRYING, HELD, FAILED, CANCELLED -> {}
        }
        log.stream()
                .flatMap(Oracle::sendAt)
                .reduce((_, later) -> later)
                .ifPresent(sendAt ->
                        assertThat(handover.at()).as("%s is sent in time", id).isAfterOrEqualTo(sendAt));
    }

    private static Stream<Instant> sendAt(NotificationEvent event) {
        return switch (event) {
            case NotificationRequested e -> Stream.ofNullable(e.sendAt());
            case NotificationScheduled e -> Stream.of(e.sendAt());
            default -> Stream.empty();
        };
    }

    private boolean isDoubtful(NotificationId id) {
        return log(id).stream().anyMatch(AttemptOutcomeUnknown.class::isInstance);
    }

    private boolean decidedByAPerson(NotificationId id) {
        return log(id).stream().anyMatch(NotificationResolved.class::isInstance);
    }

    boolean isSomethingToDo() {
        return ports.queue.all().stream().anyMatch(row -> !row.held());
    }

    void checkThatSomebodyLooks(SimulatedNode[] nodes, Duration within) {
        Instant latest = ports.clock.instant().minus(within);
        boolean forgotten = ports.queue.all().stream()
                .filter(Row::waits)
                .anyMatch(row -> row.dueAt().isBefore(latest));
        if (forgotten) {
            Instant soon = ports.clock.instant().plus(within);
            assertThat(nodes)
                    .as("somebody looks for what has been due for %s: %s", within, ports.queue.all())
                    .anyMatch(node -> node.looksAgainAt().isBefore(soon));
        }
    }

    void checkAtTheEnd() {
        Set<NotificationId> waiting = new HashSet<>();
        ports.queue.all().forEach(row -> waiting.add(row.entry().notificationId()));
        for (NotificationId id : accepted()) {
            assertThat(waiting.contains(id))
                    .as("%s waits or has ended: %s, %s", id, status(id), ports.queue.find(id))
                    .isEqualTo(!status(id).isEnd());
            checkLife(id, log(id));
        }
    }

    private void checkLife(NotificationId id, List<NotificationEvent> log) {
        List<Handover> arrived = provider.arrived(id);
        boolean again = log.stream()
                .anyMatch(event -> event instanceof AttemptOutcomeUnknown
                        || event instanceof NotificationEvent.NotificationSentAgain);
        if (arrived.size() > 1) {
            assertThat(again)
                    .as("the log of %s says that it may have come twice: %s", id, log)
                    .isTrue();
        }
        if (!arrived.isEmpty() && !again && log.stream().noneMatch(NotificationRedriven.class::isInstance)) {
            assertThat(status(id)).as("%s has arrived: %s", id, log).isEqualTo(NotificationStatus.SENT);
        }
        if (log.stream().anyMatch(NotificationSent.class::isInstance)) {
            assertThat(arrived).as("%s is said to be sent: %s", id, log).isNotEmpty();
        }
        if (status(id) == NotificationStatus.CANCELLED) {
            assertThat(arrived.isEmpty() || decidedByAPerson(id))
                    .as("%s is cancelled: %s", id, log)
                    .isTrue();
        }
        Set<Integer> settled = new HashSet<>();
        Set<Integer> doubtful = new HashSet<>();
        for (NotificationEvent event : log) {
            if (event instanceof AttemptRecorded attempt) {
                Set<Integer> kind = attempt instanceof AttemptOutcomeUnknown ? doubtful : settled;
                assertThat(kind.add(attempt.attempt()))
                        .as("attempt %d of %s is recorded once: %s", attempt.attempt(), id, log)
                        .isTrue();
            }
        }
    }
}
