package dev.tidings.adapters.postgres;

import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.Reach;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Locale;

/** As two columns: {@code channel} and {@code address}. */
final class Reaches {

    /** Everybody locks rows in this order, so that nobody waits in a circle. */
    static final Comparator<Reach> IN_ORDER = Comparator.comparing(Reach::channel)
            .thenComparing(reach -> reach.address().value());

    private Reaches() {}

    static Reach of(ResultSet row) throws SQLException {
        Channel channel = channel(row.getString("channel"));
        return new Reach(channel, Address.of(channel, row.getString("address")));
    }

    static Channel channel(String stored) {
        return Channel.valueOf(stored.toUpperCase(Locale.ROOT));
    }

    static String channel(Reach reach) {
        return channel(reach.channel());
    }

    static String channel(Channel channel) {
        return channel.name().toLowerCase(Locale.ROOT);
    }

    static String address(Reach reach) {
        return reach.address().value();
    }
}
