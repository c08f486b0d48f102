package dev.tidings.adapters.postgres;

import dev.tidings.adapters.Batch;
import dev.tidings.application.delivery.DeliveryQueue;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.application.delivery.OutgoingMessage.LastLook;
import dev.tidings.application.notification.Message;
import dev.tidings.application.notification.Message.Extras;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;

/** The queue as a table. Claims skip what others have locked, so that nodes never wait for each other. */
class PostgresDeliveryQueue implements DeliveryQueue {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresDeliveryQueue.class);

    /**
     * Looks into each lane by itself, so that what is due later in an urgent lane is never read to find what is due; and
     * for each claimed row by its key: how many there will be can't be known when this is planned, and a plan for many
     * reads the whole queue, and all contents, each time.
     */
    private static final String CLAIM = """
            with due as (
                select found.notification_id
                from (values %s) as place (lane, tried)
                cross join lateral (
                    select notification_id
                    from delivery_queue
                    where channel = ? and lane = place.lane and tried = place.tried
                      and claimed_until is null and not held and due_at <= ?
                      and (expires_at is null or expires_at > ?)
                    order by due_at
                    limit ?
                    for update skip locked) as found
                limit ?),
            claimed as (
                update delivery_queue
                set claimed_by = ?, claimed_until = ?, attempt = attempt + 1
                where notification_id = any (array(select notification_id from due))
                returning *)
            select claimed.notification_id, claimed.service_id, claimed.correlation_id, claimed.traceparent,
                   claimed.attempt, claimed.lane, claimed.channel, content.*, suppression.*, arrived.earlier
            from claimed
            cross join lateral (
                select recipient, recipient_name, subject, text_body, unpacked_html, packed, type, provider, extras
                from notification_content
                where notification_content.notification_id = claimed.notification_id
                limit 1) as content
            left join lateral (
                select reason, source, since
                from suppression
                where suppression.channel = claimed.channel and suppression.address = content.recipient
                limit 1) as suppression on true
            left join lateral (
                select earlier
                from fallback
                where fallback.notification_id = claimed.notification_id
                  and exists (select
                              from domain_event_entry
                              where aggregate_identifier = earlier::text
                                and (payload_type = 'notification.read'
                                     or until in ('sent', 'delivered')
                                        and payload_type in ('notification.delivered', 'notification.complained')
                                     or until = 'sent'
                                        and payload_type in ('notification.sent', 'notification.sent-again')))
                limit 1) as arrived on true
            order by claimed.lane, claimed.attempt > 1, claimed.due_at""";

    private static final String PLACES =
            "(0, false), (0, true), (1, false), (1, true), (2, false), (2, true), (3, false), (3, true)";
    private static final String PLACES_URGENT_LAST =
            "(3, false), (3, true), (2, false), (2, true), (1, false), (1, true), (0, false), (0, true)";
    private static final String CLAIM_URGENT_FIRST = CLAIM.formatted(PLACES);
    private static final String CLAIM_URGENT_LAST = CLAIM.formatted(PLACES_URGENT_LAST);

    private static final String NEXT_DUE = """
            select min(next.due_at) as due_at
            from (values %s) as place (lane, tried)
            cross join lateral (
                select due_at
                from delivery_queue
                where channel = ? and lane = place.lane and tried = place.tried and claimed_until is null and not held
                  and (expires_at is null or expires_at > ?)
                order by due_at
                limit 1) as next""".formatted(PLACES);

    private static final String END = """
            delete from delivery_queue as queue
            using unnest(?, ?) as row (notification_id, attempt)
            where queue.notification_id = row.notification_id
              and (queue.attempt = row.attempt or queue.claimed_until is null)""";

    private static final String END_CLAIM = """
            delete from delivery_queue as queue
            using unnest(?, ?) as row (notification_id, attempt)
            where queue.notification_id = row.notification_id
              and queue.attempt = row.attempt and queue.claimed_until is not null""";

    private static final String MAKE_DUE_AGAIN = """
            update delivery_queue as queue
            set claimed_by = null, claimed_until = null, due_at = row.due_at
            from unnest(?, ?, ?) as row (notification_id, attempt, due_at)
            where queue.notification_id = row.notification_id and queue.attempt = row.attempt""";

    private static final String HOLD = """
            update delivery_queue as queue
            set claimed_by = null, claimed_until = null, held = true
            from unnest(?, ?) as row (notification_id, attempt)
            where queue.notification_id = row.notification_id and queue.attempt = row.attempt""";

    private static final String GIVE_BACK = """
            update delivery_queue as queue
            set claimed_by = null, claimed_until = null, attempt = queue.attempt - 1
            from unnest(?, ?, ?) as row (notification_id, attempt, claimant)
            where queue.notification_id = row.notification_id and queue.attempt = row.attempt
              and queue.claimed_by = row.claimant""";

    private static final String WITHDRAW = """
            delete from delivery_queue
            where notification_id = any (?) and claimed_until is null
            returning notification_id""";

    private static final String RESCHEDULE = """
            update delivery_queue
            set due_at = ?, held = false
            where notification_id = ? and claimed_until is null""";

    private static final String WITHDRAW_EXPIRED = """
            delete from delivery_queue
            where notification_id = any (array(
                select notification_id
                from delivery_queue
                where expires_at <= ? and claimed_until is null and not held
                order by expires_at
                limit ?
                for update skip locked))
            returning notification_id""";

    /** What others have locked is being settled, and needs its claim no longer. */
    private static final String RENEW = """
            with kept as (
                select queue.notification_id, row.claimed_until
                from delivery_queue as queue
                join unnest(?, ?, ?) as row (notification_id, claimed_until, claimant)
                    on queue.notification_id = row.notification_id and queue.claimed_by = row.claimant
                for update of queue skip locked)
            update delivery_queue as queue
            set claimed_until = kept.claimed_until
            from kept
            where queue.notification_id = kept.notification_id""";

    private static final String INTERRUPTED = """
            with found as (
                select notification_id, claimed_until
                from delivery_queue
                where claimed_until < ?
                   or (claimed_until is not null and starts_with(claimed_by, ?) and claimed_by <> ?)
                order by claimed_until
                limit ?
                for update skip locked),
            taken as (
                update delivery_queue as queue
                set claimed_by = null, claimed_until = least(queue.claimed_until, ?)
                from found
                where queue.notification_id = found.notification_id
                returning queue.*, found.claimed_until as ended)
            select notification_id, attempt, service_id, correlation_id, traceparent
            from taken
            order by ended""";

    private static final String DEPTHS = """
            select channel, lane, count(*) as waiting
            from delivery_queue
            group by channel, lane""";

    /** Those that are claimed are few. Of all others the index knows the first in each of its parts. */
    private static final String OLDEST = """
            select channel, lane, min(due_at) as due_at
            from (select of.channel, place.lane, oldest.due_at
                  from unnest(?::text[]) as of (channel)
                  cross join (values %s) as place (lane, tried)
                  cross join lateral (
                      select due_at
                      from delivery_queue
                      where channel = of.channel and lane = place.lane and tried = place.tried
                        and claimed_until is null and not held
                      order by due_at
                      limit 1) as oldest
                  union all
                  select channel, lane, due_at
                  from delivery_queue
                  where claimed_until is not null and not held) as each
            group by channel, lane""".formatted(PLACES);

    private final JdbcTemplate jdbc;
    private final Supplier<PostgresNode> node;

    PostgresDeliveryQueue(JdbcTemplate jdbc, Supplier<PostgresNode> node) {
        this.jdbc = jdbc;
        this.node = node;
    }

    @Override
    public void add(List<Entry> entries) {
        String claimant = node.get().claimant();
        Batch.of(entries)
                .with("notification_id", "uuid", entry -> entry.notificationId().value())
                .with("service_id", "text", entry -> entry.context().serviceId())
                .with("correlation_id", "text", entry -> entry.context().correlationId())
                .with("traceparent", "text", entry -> entry.context().traceparent())
                .with("channel", "text", entry -> Reaches.channel(entry.channel()))
                .with("lane", "int2", entry -> number(entry.lane()))
                .with("due_at", "timestamptz", Entry::dueAt)
                .with("expires_at", "timestamptz", Entry::expiresAt)
                .with(
                        "attempt",
                        "int4",
                        entry -> entry.claimedUntil().isPresent() ? entry.attempts() + 1 : entry.attempts())
                .with(
                        "claimed_until",
                        "timestamptz",
                        entry -> entry.claimedUntil().orElse(null))
                .with("claimed_by", "text", entry -> entry.claimedUntil().isPresent() ? claimant : null)
                .insertInto("delivery_queue", jdbc);
    }

    @Override
    @Transactional
    public List<OutgoingMessage> claim(Channel channel, Order order, int limit, Instant now, Instant claimedUntil) {
        List<OutgoingMessage> claimed = new ArrayList<>();
        jdbc.query(
                switch (order) {
                    case URGENT_FIRST -> CLAIM_URGENT_FIRST;
                    case URGENT_LAST -> CLAIM_URGENT_LAST;
                },
                row -> {
                    addIfReadable(row, claimed);
                },
                Reaches.channel(channel),
                at(now),
                at(now),
                limit,
                limit,
                node.get().claimant(),
                at(claimedUntil));
        return claimed;
    }

    /** One that can't be read doesn't keep others from going out: its claim ends, and its attempt is one that was interrupted. */
    private static void addIfReadable(ResultSet row, List<OutgoingMessage> claimed) throws SQLException {
        try {
            claimed.add(message(row));
        } catch (IllegalArgumentException | IllegalStateException | JacksonException e) {
            LOG.error("Claimed, but can't be read, and isn't sent: notification {}", id(row), e);
        }
    }

    private static OutgoingMessage message(ResultSet row) throws SQLException {
        String provider = row.getString("provider");
        return new OutgoingMessage(
                id(row),
                row.getInt("attempt"),
                lane(row),
                context(row),
                Address.of(Reaches.channel(row.getString("channel")), row.getString("recipient")),
                row.getString("recipient_name"),
                words(row),
                provider == null ? null : new ProviderName(provider),
                lastLook(row));
    }

    /** What was kept before mails were packed has both bodies as they are. */
    private static Message words(ResultSet row) throws SQLException {
        String subject = row.getString("subject");
        Extras extras = StoredExtras.read(row.getString("extras"));
        byte[] packed = row.getBytes("packed");
        if (packed == null) {
            return new Message(subject, row.getString("text_body"), row.getString("unpacked_html"), extras);
        }
        PackedMail.Bodies bodies = PackedMail.unpacked(packed);
        return new Message(subject, bodies.text(), bodies.html(), extras);
    }

    private static LastLook lastLook(ResultSet row) throws SQLException {
        UUID arrived = row.getObject("earlier", UUID.class);
        boolean suppressed = row.getString("reason") != null;
        if (arrived == null && !suppressed) {
            return LastLook.NOTHING;
        }
        String type = row.getString("type");
        return new LastLook(
                type == null ? null : new NotificationType(type),
                suppressed ? PostgresSuppressions.suppression(row) : null,
                arrived == null ? null : new NotificationId(arrived));
    }

    @Override
    public void settle(List<Settlement> settlements) {
        attempts(only(settlements, Settlement.Ended.class)).update(jdbc, END);
        attempts(only(settlements, Settlement.TooLate.class)).update(jdbc, END_CLAIM);
        attempts(only(settlements, Settlement.DueAgain.class))
                .with("timestamptz", Settlement.DueAgain::dueAt)
                .update(jdbc, MAKE_DUE_AGAIN);
        attempts(only(settlements, Settlement.Held.class)).update(jdbc, HOLD);
    }

    private static <S extends Settlement> Batch<S> attempts(List<S> settlements) {
        return Batch.of(settlements).with("uuid", Settlement::notificationId).with("int4", Settlement::attempt);
    }

    private static <S extends Settlement> List<S> only(List<Settlement> settlements, Class<S> kind) {
        return settlements.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public void giveBack(List<OutgoingMessage> unsent) {
        String claimant = node.get().claimant();
        Batch.of(unsent)
                .with("uuid", OutgoingMessage::notificationId)
                .with("int4", OutgoingMessage::attempt)
                .with("text", _ -> claimant)
                .update(jdbc, GIVE_BACK);
    }

    @Override
    public Set<NotificationId> withdraw(Collection<NotificationId> ids) {
        UUID[] inOrder = ids.stream().sorted().map(NotificationId::value).toArray(UUID[]::new);
        return new HashSet<>(jdbc.query(WITHDRAW, (row, _) -> id(row), (Object) inOrder));
    }

    @Override
    public boolean reschedule(NotificationId id, Instant dueAt) {
        return jdbc.update(RESCHEDULE, at(dueAt), id.value()) == 1;
    }

    @Override
    public Set<NotificationId> withdrawExpired(Instant now, int limit) {
        return new HashSet<>(jdbc.query(WITHDRAW_EXPIRED, (row, _) -> id(row), at(now), limit));
    }

    @Override
    public void renew(List<NotificationId> claimed, Instant claimedUntil) {
        String claimant = node.get().claimant();
        Batch.of(claimed)
                .with("uuid", NotificationId::value)
                .with("timestamptz", _ -> claimedUntil)
                .with("text", _ -> claimant)
                .update(jdbc, RENEW);
    }

    @Override
    public List<Interrupted> interrupted(Instant now, int limit) {
        PostgresNode self = node.get();
        return jdbc.query(
                INTERRUPTED,
                (row, _) -> new Interrupted(id(row), row.getInt("attempt"), context(row)),
                at(now),
                self.claimantPrefix(),
                self.claimant(),
                limit,
                at(now));
    }

    @Override
    public Optional<Instant> nextDue(Channel channel, Instant now) {
        return Optional.ofNullable(jdbc.queryForObject(NEXT_DUE, Timestamp.class, Reaches.channel(channel), at(now)))
                .map(Timestamp::toInstant);
    }

    @Override
    public List<Depth> depths() {
        return jdbc.query(
                DEPTHS,
                (row, _) -> new Depth(Reaches.channel(row.getString("channel")), lane(row), row.getLong("waiting")));
    }

    @Override
    public List<Oldest> oldest() {
        return jdbc.query(
                OLDEST,
                (row, _) -> new Oldest(
                        Reaches.channel(row.getString("channel")),
                        lane(row),
                        row.getTimestamp("due_at").toInstant()),
                (Object) Arrays.stream(Channel.values()).map(Reaches::channel).toArray(String[]::new));
    }

    private static RequestContext context(ResultSet row) throws SQLException {
        return new RequestContext(
                new ServiceId(row.getString("service_id")),
                row.getString("correlation_id"),
                row.getString("traceparent"));
    }

    private static NotificationId id(ResultSet row) throws SQLException {
        return new NotificationId(row.getObject("notification_id", UUID.class));
    }

    private static Lane lane(ResultSet row) throws SQLException {
        return Lanes.of(row.getInt("lane"));
    }

    private static int number(Lane lane) {
        return Lanes.number(lane);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
