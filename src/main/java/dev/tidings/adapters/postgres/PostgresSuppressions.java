package dev.tidings.adapters.postgres;

import dev.tidings.adapters.Batch;
import dev.tidings.application.suppression.Suppressions;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.Reach;
import dev.tidings.domain.recipient.Suppression;
import dev.tidings.domain.recipient.SuppressionReason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresSuppressions implements Suppressions {

    private static final String STOPS_EVERYTHING = Arrays.stream(SuppressionReason.values())
            .filter(SuppressionReason::stopsEverything)
            .map(reason -> "'" + word(reason) + "'")
            .collect(Collectors.joining(", ", "(", ")"));

    private static final String FIND = """
            select suppression.*
            from unnest(?, ?) as row (channel, address)
            cross join lateral (
                select * from suppression
                where suppression.channel = row.channel and suppression.address = row.address
                limit 1) as suppression""";

    private static final String ADD = """
            insert into suppression as known (channel, address, reason, source, since)
            select channel, address, reason, source, since
            from unnest(?, ?, ?, ?, ?) as row (channel, address, reason, source, since)
            on conflict (channel, address) do update
            set reason = excluded.reason, source = excluded.source, since = excluded.since
            where excluded.reason in %1$s and known.reason not in %1$s""".formatted(STOPS_EVERYTHING);

    private static final String REMOVE = "delete from suppression where channel = ? and address = ? returning *";

    private static final String REMOVE_FOR_REASON =
            "delete from suppression where channel = ? and address = ? and reason = ?";

    private static final String LIST = """
            select *
            from suppression
            where channel = coalesce(?, channel) and reason = coalesce(?, reason)
              and (channel, address) > (coalesce(?, ''), coalesce(?, ''))
            order by channel, address
            limit ?""";

    private final JdbcTemplate jdbc;

    PostgresSuppressions(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<Reach, Suppression> find(Collection<Reach> reaches) {
        if (reaches.isEmpty()) {
            return Map.of();
        }
        Map<Reach, Suppression> found = new HashMap<>();
        jdbc.query(
                Batch.of(reaches)
                        .with("text", Reaches::channel)
                        .with("text", Reaches::address)
                        .statement(FIND),
                row -> {
                    found.put(Reaches.of(row), suppression(row));
                });
        return found;
    }

    @Override
    public void add(List<Suppressed> suppressed) {
        Map<Reach, Suppressed> each = new LinkedHashMap<>();
        suppressed.stream()
                .sorted(Comparator.comparing(Suppressed::reach, Reaches.IN_ORDER))
                .forEach(it -> each.merge(it.reach(), it, PostgresSuppressions::graver));
        Batch.of(each.values())
                .with("text", it -> Reaches.channel(it.reach()))
                .with("text", it -> Reaches.address(it.reach()))
                .with("text", it -> word(it.suppression().reason()))
                .with("text", it -> it.suppression().source())
                .with("timestamptz", it -> it.suppression().since())
                .update(jdbc, ADD);
    }

    private static Suppressed graver(Suppressed one, Suppressed other) {
        return !one.suppression().reason().stopsEverything()
                        && other.suppression().reason().stopsEverything()
                ? other
                : one;
    }

    @Override
    public Optional<Suppression> remove(Reach reach) {
        return jdbc.query(REMOVE, (row, _) -> suppression(row), Reaches.channel(reach), Reaches.address(reach)).stream()
                .findFirst();
    }

    @Override
    public boolean remove(Reach reach, SuppressionReason reason) {
        return jdbc.update(REMOVE_FOR_REASON, Reaches.channel(reach), Reaches.address(reach), word(reason)) == 1;
    }

    @Override
    public List<Suppressed> list(
            @Nullable Channel channel, @Nullable SuppressionReason reason, @Nullable Reach after, int limit) {
        return jdbc.query(
                LIST,
                (row, _) -> new Suppressed(Reaches.of(row), suppression(row)),
                channel == null ? null : Reaches.channel(channel),
                reason == null ? null : word(reason),
                after == null ? null : Reaches.channel(after),
                after == null ? null : Reaches.address(after),
                limit);
    }

    static Suppression suppression(ResultSet row) throws SQLException {
        return new Suppression(
                SuppressionReason.valueOf(row.getString("reason").toUpperCase(Locale.ROOT)),
                row.getString("source"),
                row.getTimestamp("since").toInstant());
    }

    private static String word(SuppressionReason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
