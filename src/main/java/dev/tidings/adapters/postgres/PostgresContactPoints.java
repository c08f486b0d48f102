package dev.tidings.adapters.postgres;

import dev.tidings.adapters.Batch;
import dev.tidings.application.contact.ContactPoints;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.Reach;
import dev.tidings.domain.recipient.UserId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

class PostgresContactPoints implements ContactPoints {

    private static final String OF = """
            select channel, address, since from contact_point where user_id = ?
            union all
            select 'email', email, updated_at from recipient where user_id = ? and email is not null
            order by since desc, channel, address""";

    private static final String SAVE_EMAIL = """
            insert into recipient (user_id, email, updated_at) values (?, ?, ?)
            on conflict (user_id) do update set email = excluded.email, updated_at = excluded.updated_at
            where recipient.email is distinct from excluded.email""";

    /** Whoever adds to one person's takes turns, so that nobody counts what another is about to add. */
    private static final String TAKE_TURNS = "select pg_advisory_xact_lock(hashtextextended(?, ?))";

    private static final long CONTACT_POINTS = 0x636f6e74616374L;

    private static final String REPLACE =
            "delete from contact_point where user_id = ? and channel = ? and address <> ?";

    private static final String ADD = """
            insert into contact_point (user_id, channel, address, since) values (?, ?, ?, ?)
            on conflict do nothing""";

    private static final String REMOVE_EMAIL = "update recipient set email = null where user_id = ? and email = ?";

    private static final String REMOVE = "delete from contact_point where user_id = ? and channel = ? and address = ?";

    private static final String FORGET = """
            delete from contact_point as point
            using unnest(?, ?) as row (channel, address)
            where point.address = row.address and point.channel = row.channel""";

    private static final String FORGET_EMAIL = """
            update recipient
            set email = null
            from unnest(?, ?) as row (channel, address)
            where recipient.email = row.address and row.channel = 'email'""";

    private final JdbcTemplate jdbc;

    PostgresContactPoints(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<ContactPoint> of(UserId userId) {
        return jdbc.query(
                OF,
                (row, _) -> new ContactPoint(
                        userId, Reaches.of(row), row.getTimestamp("since").toInstant()),
                userId.value(),
                userId.value());
    }

    @Override
    @Transactional
    public void add(ContactPoint point) {
        String user = point.userId().value();
        String channel = Reaches.channel(point.reach());
        String address = Reaches.address(point.reach());
        if (point.reach().channel() == Channel.EMAIL) {
            jdbc.update(SAVE_EMAIL, user, address, point.since().atOffset(ZoneOffset.UTC));
            return;
        }
        if (point.reach().channel() != Channel.PUSH) {
            jdbc.update(REPLACE, user, channel, address);
        }
        jdbc.update(ADD, user, channel, address, point.since().atOffset(ZoneOffset.UTC));
    }

    @Override
    @Transactional
    public boolean add(ContactPoint point, int most) {
        jdbc.query(TAKE_TURNS, _ -> {}, point.userId().value(), CONTACT_POINTS);
        boolean room = of(point.userId()).stream()
                        .filter(other -> !takesThePlaceOf(point, other))
                        .count()
                < most;
        if (room) {
            add(point);
        }
        return room;
    }

    private static boolean takesThePlaceOf(ContactPoint point, ContactPoint other) {
        return point.reach().channel() == Channel.PUSH
                ? point.reach().equals(other.reach())
                : point.reach().channel() == other.reach().channel();
    }

    @Override
    public boolean remove(UserId userId, Reach reach) {
        return reach.channel() == Channel.EMAIL
                ? jdbc.update(REMOVE_EMAIL, userId.value(), Reaches.address(reach)) == 1
                : jdbc.update(REMOVE, userId.value(), Reaches.channel(reach), Reaches.address(reach)) == 1;
    }

    @Override
    public void forget(Collection<Reach> reaches) {
        Batch<Reach> batch = Batch.of(reaches.stream().sorted(Reaches.IN_ORDER).toList())
                .with("text", Reaches::channel)
                .with("text", Reaches::address);
        batch.update(jdbc, FORGET);
        if (reaches.stream().anyMatch(reach -> reach.channel() == Channel.EMAIL)) {
            batch.update(jdbc, FORGET_EMAIL);
        }
    }
}
