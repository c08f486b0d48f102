package dev.tidings.application.doubles;

import dev.tidings.application.contact.ContactPoints;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.Reach;
import dev.tidings.domain.recipient.UserId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

public final class InMemoryContactPoints implements ContactPoints {

    private record Key(UserId userId, Reach reach) {}

    private final Table<Key, ContactPoint> rows;

    InMemoryContactPoints(InMemoryTransactions transactions) {
        rows = new Table<>(transactions);
    }

    @Override
    public List<ContactPoint> of(UserId userId) {
        return rows.all().stream()
                .filter(point -> point.userId().equals(userId))
                .sorted(Comparator.comparing(ContactPoint::since).reversed())
                .toList();
    }

    @Override
    public void add(ContactPoint point) {
        of(point.userId()).stream()
                .filter(other -> !other.reach().equals(point.reach()) && takesThePlaceOf(point, other))
                .forEach(other -> remove(other.userId(), other.reach()));
        Key key = new Key(point.userId(), point.reach());
        if (rows.get(key).isEmpty()) {
            rows.put(key, point);
        }
    }

    private static boolean takesThePlaceOf(ContactPoint point, ContactPoint other) {
        return point.reach().channel() == Channel.PUSH
                ? point.reach().equals(other.reach())
                : point.reach().channel() == other.reach().channel();
    }

    @Override
    public boolean add(ContactPoint point, int most) {
        boolean room = of(point.userId()).stream()
                        .filter(other -> !takesThePlaceOf(point, other))
                        .count()
                < most;
        if (room) {
            add(point);
        }
        return room;
    }

    @Override
    public boolean remove(UserId userId, Reach reach) {
        Key key = new Key(userId, reach);
        boolean there = rows.get(key).isPresent();
        rows.remove(key);
        return there;
    }

    @Override
    public void forget(Collection<Reach> reaches) {
        rows.all().stream()
                .filter(point -> reaches.contains(point.reach()))
                .forEach(point -> rows.remove(new Key(point.userId(), point.reach())));
    }
}
