package dev.tidings.adapters.postgres;

import dev.tidings.application.acceptance.RecipientLimits;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.category.RecipientLimit;
import dev.tidings.domain.recipient.Reach;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresRecipientLimits implements RecipientLimits {

    private static final String TAKE = """
            insert into recipient_limit as known (channel, address, type, accepted_at)
            values (?, ?, ?, array[?::timestamptz])
            on conflict (channel, address, type) do update
            set accepted_at = array(select at from unnest(known.accepted_at) as at where at > ?) || excluded.accepted_at
            where (select count(*) from unnest(known.accepted_at) as at where at > ?) < ?""";

    private static final String FORGET = """
            delete from recipient_limit
            where ctid = any (array(
                select ctid from recipient_limit where accepted_at[cardinality(accepted_at)] < ? limit ?))""";

    private final JdbcTemplate jdbc;

    PostgresRecipientLimits(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean take(Reach reach, NotificationType type, RecipientLimit limit, Instant now) {
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        OffsetDateTime since = at.minus(limit.within());
        return jdbc.update(
                        TAKE,
                        Reaches.channel(reach),
                        Reaches.address(reach),
                        type.value(),
                        at,
                        since,
                        since,
                        limit.most())
                == 1;
    }

    @Override
    public int forget(Instant before, int limit) {
        return jdbc.update(FORGET, before.atOffset(ZoneOffset.UTC), limit);
    }
}
