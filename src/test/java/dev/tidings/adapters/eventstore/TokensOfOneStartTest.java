package dev.tidings.adapters.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.application.commit.Claimant;
import dev.tidings.testing.PrivatePostgres;
import javax.sql.DataSource;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.serialization.json.JacksonSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class TokensOfOneStartTest {

    private static final DataSource DATABASE = PrivatePostgres.migrated();
    private static final String VIEWS = "views";

    @Test
    void the_next_start_of_a_node_takes_the_tokens_over_from_the_one_before() {
        TokenStore first = startedAs("one#1");
        first.initializeTokenSegments(VIEWS, 1);
        first.fetchToken(VIEWS, 0);
        assertThatThrownBy(() -> startedAs("one-2#1").fetchToken(VIEWS, 0))
                .isInstanceOf(UnableToClaimTokenException.class);

        TokenStore second = startedAs("one#2");

        assertThatCode(() -> second.fetchToken(VIEWS, 0)).doesNotThrowAnyException();
        assertThatThrownBy(() -> first.extendClaim(VIEWS, 0)).isInstanceOf(UnableToClaimTokenException.class);
        assertThat(second.fetchSegments(VIEWS)).containsExactly(0);
    }

    private static TokenStore startedAs(String claimant) {
        return new EventStoreConfiguration()
                .tokenStore(
                        DATABASE::getConnection,
                        JacksonSerializer.defaultSerializer(),
                        new Claimant(claimant, claimant.substring(0, claimant.indexOf('#') + 1)),
                        new JdbcTemplate(DATABASE));
    }
}
