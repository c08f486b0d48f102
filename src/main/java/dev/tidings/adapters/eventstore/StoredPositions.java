package dev.tidings.adapters.eventstore;

import dev.tidings.adapters.eventstore.PositionsInTheLog.Position;
import dev.tidings.application.commit.Claimant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.eventhandling.tokenstore.ConfigToken;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The stored positions of processors that this node has claimed, or none has. */
final class StoredPositions implements Supplier<List<Position>> {

    private static final String FIND =
            "select processor_name, token, token_type from token_entry where owner is null or owner = ?";

    private final JdbcTemplate jdbc;
    private final Serializer serializer;
    private final Claimant claimant;

    StoredPositions(JdbcTemplate jdbc, Serializer serializer, Claimant claimant) {
        this.jdbc = jdbc;
        this.serializer = serializer;
        this.claimant = claimant;
    }

    @Override
    public List<Position> get() {
        return jdbc
                .query(FIND, (row, _) -> new Position(row.getString("processor_name"), token(row)), claimant.value())
                .stream()
                .filter(position -> !(position.token() instanceof ConfigToken))
                .toList();
    }

    private @Nullable TrackingToken token(ResultSet row) throws SQLException {
        byte[] token = row.getBytes("token");
        return token == null
                ? null
                : WrappedToken.unwrapLowerBound(serializer.deserialize(
                        new SimpleSerializedObject<>(token, byte[].class, row.getString("token_type"), null)));
    }
}
