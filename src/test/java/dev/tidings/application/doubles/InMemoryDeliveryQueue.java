package dev.tidings.application.doubles;

import static java.util.stream.Collectors.groupingBy;

import dev.tidings.application.delivery.DeliveryQueue;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.application.notification.NotificationContents.Content;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.recipient.Channel;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** As one node sees it; others by {@link #startedAs}. Claims of a node that has died are told by {@link #holderDied}. */
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
    private static final char START = '#';

    private final String node;

    /** {@code attempt} counts the claims made so far. */
    public record Row(
            Entry entry,
            int attempt,
            Instant dueAt,
            @Nullable String claimedBy,
            @Nullable Instant claimedUntil,
            boolean held) {

        public boolean isClaimed() {
            return claimedUntil != null;
        }

        boolean isUnclaimed() {
            return !isClaimed();
        }

        public boolean isExpired(Instant now) {
            Instant expiresAt = entry.expiresAt();
            return expiresAt != null && !expiresAt.isAfter(now);
        }

        public boolean waits() {
            return isUnclaimed() && !held;
        }

        private Row claimed(String node, Instant until) {
            return new Row(entry, attempt + 1, dueAt, node, until, held);
        }

        private Row keptUntil(Instant until) {
            return new Row(entry, attempt, dueAt, claimedBy, until, held);
        }

        private Row nobodys(Instant now) {
            return new Row(entry, attempt, dueAt, null, leaseEnd(this).isBefore(now) ? claimedUntil : now, held);
        }

        private Row free(int claims, Instant due, boolean hold) {
            return new Row(entry, claims, due, null, null, hold);
        }
    }

    InMemoryDeliveryQueue(InMemoryTransactions transactions, InMemoryContents contents) {
        this(transactions, contents, new Table<>(transactions), starting("node"));
    }

    private InMemoryDeliveryQueue(
            InMemoryTransactions transactions,
            InMemoryContents contents,
            Table<NotificationId, Row> rows,
            String node) {
        this.transactions = transactions;
        this.contents = contents;
        this.rows = rows;
        this.node = node;
    }

    /** The same queue, as a node sees it that starts now under this name. */
    public InMemoryDeliveryQueue startedAs(String name) {
        return new InMemoryDeliveryQueue(transactions, contents, rows, starting(name));
    }

    /** Two starts under one name are two nodes. */
    private static String starting(String name) {
        return name + START + UUID.randomUUID();
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
                            .map(until -> waiting.claimed(node, until))
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
        Row claimed = row.claimed(node, until);
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
                content.message(),
                content.provider(),
                OutgoingMessage.LastLook.NOTHING);
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
                case Settlement.TooLate late ->
                    rows.get(id)
                            .filter(attempt(late.attempt()).and(Row::isClaimed))
                            .ifPresent(row -> rows.remove(id));
                case Settlement.DueAgain again ->
                    change(id, attempt(again.attempt()), row -> row.free(row.attempt, again.dueAt(), row.held));
                case Settlement.Held held ->
                    change(id, attempt(held.attempt()), row -> row.free(row.attempt, row.dueAt, true));
            }
        }
    }

    @Override
    public void giveBack(List<OutgoingMessage> unsent) {
        transactions.inTurn(() -> {
            unsent.forEach(message -> change(
                    message.notificationId(),
                    attempt(message.attempt()).and(this::isMine),
                    row -> row.free(row.attempt - 1, row.dueAt, row.held)));
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
            free.ifPresent(row -> rows.put(id, row.free(row.attempt, dueAt, false)));
            return free.isPresent();
        });
    }

    @Override
    public Set<NotificationId> withdrawExpired(Instant now, int limit) {
        return transactions.inTurn(() -> {
            Set<NotificationId> expired = rows.all().stream()
                    .filter(Row::waits)
                    .filter(row -> row.isExpired(now))
                    .limit(limit)
                    .map(row -> row.entry.notificationId())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            expired.forEach(rows::remove);
            return expired;
        });
    }

    @Override
    public void renew(List<NotificationId> claimed, Instant claimedUntil) {
        transactions.inTurn(() -> {
            claimed.forEach(id -> change(id, this::isMine, row -> row.keptUntil(claimedUntil)));
            return null;
        });
    }

    public boolean isMine(Row row) {
        return node.equals(row.claimedBy);
    }

    /** Its claim is now one that nobody keeps. */
    public void holderDied(NotificationId id) {
        change(id, Row::isClaimed, row -> row.keptUntil(Instant.MIN));
    }

    @Override
    public List<Interrupted> interrupted(Instant now, int limit) {
        return transactions.inTurn(() -> rows.all().stream()
                .filter(Row::isClaimed)
                .filter(row -> leaseEnd(row).isBefore(now) || isFromAnEarlierStart(row))
                .sorted(Comparator.comparing(InMemoryDeliveryQueue::leaseEnd))
                .limit(limit)
                .map(row -> {
                    rows.put(row.entry.notificationId(), row.nobodys(now));
                    return new Interrupted(row.entry.notificationId(), row.attempt, row.entry.context());
                })
                .toList());
    }

    private static Instant leaseEnd(Row row) {
        return Objects.requireNonNull(row.claimedUntil);
    }

    private boolean isFromAnEarlierStart(Row row) {
        return row.claimedBy != null && name(row.claimedBy).equals(name(node)) && !isMine(row);
    }

    private static String name(String node) {
        return node.substring(0, node.indexOf(START));
    }

    @Override
    public Optional<Instant> nextDue(Channel channel, Instant now) {
        return waiting(channel)
                .filter(row -> !row.isExpired(now))
                .map(Row::dueAt)
                .min(Comparator.naturalOrder());
    }

    @Override
    public List<Depth> depths() {
        return byLane(row -> true, (place, rows) -> new Depth(place.channel, place.lane, rows.size()));
    }

    @Override
    public List<Oldest> oldest() {
        return byLane(
                row -> !row.held(),
                (place, rows) -> new Oldest(
                        place.channel,
                        place.lane,
                        rows.stream()
                                .map(Row::dueAt)
                                .min(Comparator.naturalOrder())
                                .orElseThrow()));
    }

    private record Place(Channel channel, Lane lane) {}

    private <T> List<T> byLane(Predicate<Row> which, BiFunction<Place, List<Row>, T> each) {
        return rows.all().stream()
                .filter(which)
                .collect(groupingBy(row -> new Place(row.entry.channel(), row.entry.lane())))
                .entrySet()
                .stream()
                .map(entry -> each.apply(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** For whoever begins anew over the same ports. */
    public void clear() {
        rows.clear();
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
