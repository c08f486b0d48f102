package dev.tidings.adapters.eventstore;

import java.sql.Connection;
import java.sql.ResultSet;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;

/**
 * Stores a token only for who has claimed it. Axon's store would claim it once more when whoever took it over has
 * released it since, and so set it back.
 */
final class OwnTokens extends JdbcTokenStore {

    OwnTokens(Builder builder) {
        super(builder);
    }

    /** Called when no token was stored because this node has not claimed it. */
    @Override
    protected void updateToken(
            Connection connection, ResultSet entry, TrackingToken token, String processor, int segment) {
        throw new UnableToClaimTokenException(processor + " is not claimed by this node any more");
    }
}
