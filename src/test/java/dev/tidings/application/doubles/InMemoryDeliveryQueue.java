package dev.tidings.application.doubles;

import static java.util.stream.Collectors.groupingBy;

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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One node's view of the rows, which it shares with those that {@link #startedAs} yields. */
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
    private final Node self;

    /** Two starts under one name are two nodes. */
    public record Node(String name, UUID start) {

        private static Node starting(String name) {
            return new Node(name, UUID.randomUUID());
        }
    }

    /** {@code attempt} counts the claims made so far. */
    public record Row(
            Entry entry,
            int attempt,
            Instant dueAt,
            @Nullable Node claimedBy,
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

        private Row claimed(Node by, Instant until) {
            return new Row(entry, attempt + 1, dueAt, by, until, held);
        }

        private Row claimedUntil(Instant until) {
            return new Row(entry, attempt, dueAt, claimedBy, until, held);
        }

        private Row dueAgain(Instant at) {
            return new Row(entry, attempt, at, null, null, held);
        }

        private Row givenBack() {
            return new Row(entry, attempt - 1, dueAt, null, null, held);
        }

        private Row putOnHold() {
            return new Row(entry, attempt, dueAt, null, null, true);
        }
    }

    InMemoryDeliveryQueue(InMemoryTransactions transactions, InMemoryContents contents) {
        this(transactions, contents, new Table<>(transactions), Node.starting("here"));
    }

    private InMemoryDeliveryQueue(
            InMemoryTransactions transactions, InMemoryContents contents, Table<NotificationId, Row> rows, Node self) {
        this.transactions = transactions;
        this.contents = contents;
        this.rows = rows;
        this.self = self;
    }

    /** For a node that starts now. */
    InMemoryDeliveryQueue startedAs(String name) {
        return new InMemoryDeliveryQueue(transactions, contents, rows, Node.starting(name));
    }

    @Override
    public void add(List<Entry> entries) {
        for (Entry entry : entries) {
            if (rows.get(entry.notificationId()).isPresent()) {
                throw new IllegalStateException("waits already: " + entry);
            }
            Row waiting = new Row(entry, entry.attempts(), entry.dueAt(), null, null, false);
            rows.put(
                    entry.notificationId(),
                    entry.claimedUntil()
                            .map(until -> waiting.claimed(self, until))
                            .orElse(waiting));
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
        Row claimed = row.claimed(self, until);
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
            Predicate<Row> latest = attempt(settlement.attempt());
            switch (settlement) {
                case Settlement.Ended _ ->
                    rows.get(id).filter(latest.or(Row::isUnclaimed)).ifPresent(row -> rows.remove(id));
                case Settlement.DueAgain again -> change(id, latest, row -> row.dueAgain(again.dueAt()));
                case Settlement.Held _ -> change(id, latest, Row::putOnHold);
            }
        }
    }

    @Override
    public void giveBack(List<OutgoingMessage> unsent) {
        transactions.inTurn(() -> {
            unsent.forEach(message ->
                    change(message.notificationId(), attempt(message.attempt()).and(this::isOurs), Row::givenBack));
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
            free.ifPresent(row -> rows.put(id, new Row(row.entry, row.attempt, dueAt, null, null, false)));
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
            claimed.forEach(id -> change(id, this::isOurs, row -> row.claimedUntil(claimedUntil)));
            return null;
        });
    }

    /** Its claim is now one that nobody keeps. */
    public void holderDied(NotificationId id) {
        change(id, Row::isClaimed, row -> row.claimedUntil(Instant.MIN));
    }

    @Override
    public List<Interrupted> interrupted(Instant now, int limit) {
        return rows.all().stream()
                .filter(Row::isClaimed)
                .filter(row -> leaseEnd(row).isBefore(now) || isFromAnEarlierStart(row))
                .sorted(Comparator.comparing(InMemoryDeliveryQueue::leaseEnd))
                .limit(limit)
                .map(row -> new Interrupted(row.entry.notificationId(), row.attempt, row.entry.context()))
                .toList();
    }

    private static Instant leaseEnd(Row row) {
        return Objects.requireNonNull(row.claimedUntil);
    }

    private boolean isFromAnEarlierStart(Row row) {
        return row.claimedBy != null && row.claimedBy.name.equals(self.name) && !isOurs(row);
    }

    private boolean isOurs(Row row) {
        return self.equals(row.claimedBy);
    }

    @Override
    public Optional<Instant> nextDue(Channel channel) {
        return waiting(channel).map(Row::dueAt).min(Comparator.naturalOrder());
    }

    @Override
    public List<Depth> depths(Instant now) {
        return rows.all().stream()
                .collect(groupingBy(row -> row.entry.channel(), groupingBy(row -> row.entry.lane())))
                .entrySet()
                .stream()
                .flatMap(channel -> channel.getValue().entrySet().stream()
                        .map(lane -> depth(channel.getKey(), lane.getKey(), lane.getValue())))
                .toList();
    }

    private static Depth depth(Channel channel, Lane lane, List<Row> rows) {
        return new Depth(
                channel,
                lane,
                rows.size(),
                rows.stream()
                        .filter(row -> !row.held())
                        .map(Row::dueAt)
                        .min(Comparator.naturalOrder())
                        .orElse(null));
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

    private void change(NotificationId id, Predicate<Row> which, UnaryOperator<Row> change) {
        rows.get(id).filter(which).ifPresent(row -> rows.put(id, change.apply(row)));
    }

    private static Predicate<Row> attempt(int number) {
        return row -> row.attempt == number;
    }
}
