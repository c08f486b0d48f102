package dev.tidings.application.doubles;

import dev.tidings.application.delivery.DeliveryQueue;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.application.notification.NotificationContents.Content;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.notification.Channel;
import dev.tidings.domain.notification.NotificationId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All claims are this node's; those of a node that has died are told by {@link #holderDied}. */
public final class InMemoryDeliveryQueue implements DeliveryQueue {

    private static final Comparator<Row> WITHIN_LANE =
            Comparator.<Row, Boolean>comparing(row -> row.attempt > 0).thenComparing(Row::dueAt);
    private static final Comparator<Row> BY_LANE = Comparator.comparing(row -> row.entry.lane());
    private static final Comparator<Row> IN_TURN = BY_LANE.thenComparing(WITHIN_LANE);
    private static final Comparator<Row> IN_TURN_URGENT_LAST =
            BY_LANE.reversed().thenComparing(WITHIN_LANE);

    private final InMemoryTransactions transactions;
    private final InMemoryContents contents;
    private final Table<NotificationId, Row> rows;

    /** {@code attempt} counts the claims made so far. */
    public record Row(
            Entry entry,
            int attempt,
            Instant dueAt,
            @Nullable Instant claimedUntil,
            boolean held) {

        public boolean isClaimed() {
            return claimedUntil != null;
        }

        boolean isUnclaimed() {
            return !isClaimed();
        }

        private boolean isExpired(Instant now) {
            Instant expiresAt = entry.expiresAt();
            return expiresAt != null && !expiresAt.isAfter(now);
        }

        private boolean waits() {
            return isUnclaimed() && !held;
        }

        private Row claimed(Instant until) {
            return new Row(entry, attempt + 1, dueAt, until, held);
        }
    }

    InMemoryDeliveryQueue(InMemoryTransactions transactions, InMemoryContents contents) {
        this.transactions = transactions;
        this.contents = contents;
        this.rows = new Table<>(transactions);
    }

    @Override
    public void add(List<Entry> entries) {
        for (Entry entry : entries) {
            Row waiting = new Row(entry, entry.attempts(), entry.dueAt(), null, false);
            rows.put(
                    entry.notificationId(),
                    entry.claimedUntil().map(waiting::claimed).orElse(waiting));
        }
    }

    @Override
    public List<OutgoingMessage> claim(Channel channel, Order order, int limit, Instant now, Instant claimedUntil) {
        return transactions.inTurn(() -> waiting(channel)
                .filter(row -> !row.dueAt.isAfter(now))
                .filter(row -> !row.isExpired(now))
                .sorted(order == Order.URGENT_FIRST ? IN_TURN : IN_TURN_URGENT_LAST)
                .limit(limit)
                .map(row -> claim(row, claimedUntil))
                .toList());
    }

    private OutgoingMessage claim(Row row, Instant until) {
        Row claimed = row.claimed(until);
        NotificationId id = row.entry.notificationId();
        rows.put(id, claimed);
        Content content = contents.find(id).orElseThrow();
        return new OutgoingMessage(
                id,
                claimed.attempt,
                row.entry.lane(),
                row.entry.context(),
                content.recipient(),
                content.recipientName(),
                content.message());
    }

    @Override
    public void settle(List<Settlement> settlements) {
        for (Settlement settlement : settlements) {
            NotificationId id = settlement.notificationId();
            switch (settlement) {
                case Settlement.Ended ended ->
                    rows.get(id)
                            .filter(attempt(ended.attempt()).or(Row::isUnclaimed))
                            .ifPresent(row -> rows.remove(id));
                case Settlement.DueAgain again ->
                    change(id, again.attempt(), row -> new Row(row.entry, row.attempt, again.dueAt(), null, row.held));
                case Settlement.Held held ->
                    change(id, held.attempt(), row -> new Row(row.entry, row.attempt, row.dueAt, null, true));
            }
        }
    }

    @Override
    public void giveBack(List<OutgoingMessage> unsent) {
        transactions.inTurn(() -> {
            unsent.forEach(message -> change(
                    message.notificationId(),
                    message.attempt(),
                    row -> new Row(row.entry, row.attempt - 1, row.dueAt, null, row.held)));
            return null;
        });
    }

    @Override
    public Set<NotificationId> withdraw(Collection<NotificationId> ids) {
        return transactions.inTurn(() -> {
            Set<NotificationId> withdrawn = ids.stream()
                    .filter(id -> rows.get(id).filter(Row::isUnclaimed).isPresent())
                    .collect(Collectors.toSet());
            withdrawn.forEach(rows::remove);
            return withdrawn;
        });
    }

    @Override
    public boolean reschedule(NotificationId id, Instant dueAt) {
        return transactions.inTurn(() -> {
            Optional<Row> free = rows.get(id).filter(Row::isUnclaimed);
            free.ifPresent(row -> rows.put(id, new Row(row.entry, row.attempt, dueAt, null, false)));
            return free.isPresent();
        });
    }

    @Override
    public List<NotificationId> expired(Instant now, int limit) {
        return rows.all().stream()
                .filter(Row::waits)
                .filter(row -> row.isExpired(now))
                .limit(limit)
                .map(row -> row.entry.notificationId())
                .toList();
    }

    @Override
    public void renew(List<NotificationId> claimed, Instant claimedUntil) {
        transactions.inTurn(() -> {
            claimed.forEach(id -> rows.get(id)
                    .filter(Row::isClaimed)
                    .ifPresent(
                            row -> rows.put(id, new Row(row.entry, row.attempt, row.dueAt, claimedUntil, row.held))));
            return null;
        });
    }

    /** Its claim is now one that nobody keeps. */
    public void holderDied(NotificationId id) {
        rows.get(id)
                .filter(Row::isClaimed)
                .ifPresent(row -> rows.put(id, new Row(row.entry, row.attempt, row.dueAt, Instant.MIN, row.held)));
    }

    @Override
    public List<Interrupted> interrupted(Instant now, int limit) {
        return rows.all().stream()
                .filter(row -> row.claimedUntil != null && row.claimedUntil.isBefore(now))
                .limit(limit)
                .map(row -> new Interrupted(row.entry.notificationId(), row.attempt, row.entry.context()))
                .toList();
    }

    @Override
    public Optional<Instant> nextDue(Channel channel) {
        return waiting(channel).map(Row::dueAt).min(Comparator.naturalOrder());
    }

    @Override
    public List<Depth> depths(Instant now) {
        Map<Lane, List<Row>> byLane = rows.all().stream().collect(Collectors.groupingBy(row -> row.entry.lane()));
        return byLane.entrySet().stream()
                .map(lane -> new Depth(
                        Channel.EMAIL,
                        lane.getKey(),
                        lane.getValue().size(),
                        lane.getValue().stream()
                                .filter(row -> !row.held())
                                .map(Row::dueAt)
                                .min(Comparator.naturalOrder())
                                .orElse(null)))
                .toList();
    }

    public Optional<Row> find(NotificationId id) {
        return rows.get(id);
    }

    public List<Row> all() {
        return rows.all();
    }

    private Stream<Row> waiting(Channel channel) {
        return rows.all().stream().filter(Row::waits).filter(row -> row.entry.channel() == channel);
    }

    private void change(NotificationId id, int attempt, UnaryOperator<Row> change) {
        rows.get(id).filter(attempt(attempt)).ifPresent(row -> rows.put(id, change.apply(row)));
    }

    private static Predicate<Row> attempt(int number) {
        return row -> row.attempt == number;
    }
}
