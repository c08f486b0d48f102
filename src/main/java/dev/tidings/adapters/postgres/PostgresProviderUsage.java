package dev.tidings.adapters.postgres;

import dev.tidings.application.delivery.ProviderUsage;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.provider.ProviderPolicy;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** One row for each provider. Whose clock is behind takes from the latest second that is known. */
class PostgresProviderUsage implements ProviderUsage {

    private static final String OPEN = """
            insert into provider_usage (provider, second, used_in_second, day, used_in_day)
            values (?, '-infinity', 0, '-infinity', 0)
            on conflict do nothing""";

    /** An update sees what the one before it has committed: two nodes never get the same share. */
    private static final String TAKE = """
            with asked as (
                select ?::text as provider, ?::timestamptz as second, ?::date as day, ?::bigint as wanted,
                       ?::bigint as unused, ?::bigint as per_second, ?::bigint as per_day),
            known as (
                select usage.provider, wanted, per_second, per_day,
                       greatest(asked.second, usage.second) as second, greatest(asked.day, usage.day) as day,
                       case when asked.second > usage.second then 0 else used_in_second end as in_second,
                       case when asked.day > usage.day then 0 else greatest(used_in_day - unused, 0) end as in_day
                from provider_usage as usage
                join asked using (provider)
                for update of usage),
            granted as (
                select *, greatest(0, least(wanted,
                                            case when per_second = 0 then wanted else per_second - in_second end,
                                            case when per_day = 0 then wanted else per_day - in_day end)) as share
                from known)
            update provider_usage as usage
            set second = granted.second, used_in_second = in_second + share,
                day = granted.day, used_in_day = in_day + share
            from granted
            where usage.provider = granted.provider
            returning share, per_day > 0 and in_day >= per_day as day_used_up""";

    private final JdbcTemplate jdbc;

    PostgresProviderUsage(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Taken take(ProviderName provider, ProviderPolicy limits, int wanted, int unused, Instant now) {
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        List<Taken> taken = jdbc.query(
                TAKE,
                (row, _) -> new Taken(row.getInt("share"), row.getBoolean("day_used_up")),
                provider.value(),
                at.truncatedTo(ChronoUnit.SECONDS),
                at.toLocalDate(),
                wanted,
                unused,
                limits.perSecond(),
                limits.perDay());
        if (taken.isEmpty()) {
            jdbc.update(OPEN, provider.value());
            return take(provider, limits, wanted, unused, now);
        }
        return taken.getFirst();
    }
}
