package dev.tidings.adapters.eventstore;

import dev.tidings.adapters.eventstore.PositionsInTheLog.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.ConfigToken;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The stored positions of processors that no node has claimed. */
final class UnclaimedTokens implements Supplier<List<Position>> {

    private static final String FIND = "select processor_name, token, token_type from token_entry where owner is null";

    private final JdbcTemplate jdbc;
    private final Serializer serializer;

    UnclaimedTokens(JdbcTemplate jdbc, Serializer serializer) {
        this.jdbc = jdbc;
        this.serializer = serializer;
    }

    @Override
    public List<Position> get() {
        return jdbc.query(FIND, (row, _) -> new Position(row.getString("processor_name"), token(row))).stream()
                .filter(position -> !(position.token() instanceof ConfigToken))
                .toList();
    }

    private @Nullable TrackingToken token(ResultSet row) throws SQLException {
        byte[] token = row.getBytes("token");
        return token == null
                ? null
                : serializer.deserialize(
                        new SimpleSerializedObject<>(token, byte[].class, row.getString("token_type"), null));
    }
}
