package dev.tidings.application.doubles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.application.delivery.ProviderMessages;
import dev.tidings.application.delivery.ProviderMessages.Known;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.ProviderName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds for the ids that providers give, whatever keeps them. */
public abstract class ProviderMessagesContract {

    private static final Instant NOW = SettableClock.START;
    private static final ProviderName TWILIO = new ProviderName("twilio");
    private static final ProviderName OTHER = new ProviderName("other");

    protected abstract ProviderMessages messages();

    protected abstract void inOneCommit(Runnable work);

    private static Known known(ProviderName provider, String id, int attempt, Instant at) {
        return new Known(provider, id, NotificationId.at(at.toEpochMilli(), id.length(), attempt), attempt, at);
    }

    @Test
    void what_is_added_is_found_under_its_providers_name() {
        Known one = known(TWILIO, "SM1", 1, NOW);
        Known two = known(TWILIO, "SM22", 3, NOW);
        messages().add(List.of(one, two, known(OTHER, "SM1", 2, NOW)));

        assertThat(messages().find(TWILIO, List.of("SM1", "SM22", "SM333"))).isEqualTo(Map.of("SM1", one, "SM22", two));
        assertThat(messages().find(new ProviderName("nobody"), List.of("SM1"))).isEmpty();
        assertThat(messages().find(TWILIO, List.of())).isEmpty();
    }

    @Test
    void an_id_that_comes_twice_stays_whose_it_was_and_stops_nobody() {
        Known first = known(TWILIO, "SM1", 1, NOW);
        Known beside = known(TWILIO, "SM22", 1, NOW);
        messages().add(List.of(first));

        messages().add(List.of(known(TWILIO, "SM1", 2, NOW), beside));

        assertThat(messages().find(TWILIO, List.of("SM1", "SM22"))).isEqualTo(Map.of("SM1", first, "SM22", beside));
    }

    @Test
    void nothing_is_added_when_the_transaction_fails() {
        assertThatThrownBy(() -> inOneCommit(() -> {
                    messages().add(List.of(known(TWILIO, "SM1", 1, NOW)));
                    throw new IllegalStateException("after all");
                }))
                .hasMessage("after all");

        assertThat(messages().find(TWILIO, List.of("SM1"))).isEmpty();
    }

    @Test
    void only_what_is_older_is_forgotten_and_not_too_much_at_a_time() {
        for (int i = 0; i < 5; i++) {
            messages().add(List.of(known(TWILIO, "old" + i, 1, NOW.minusSeconds(1))));
        }
        messages().add(List.of(known(TWILIO, "new", 1, NOW)));

        assertThat(messages().forget(NOW, 3)).isEqualTo(3);
        assertThat(messages().forget(NOW, 3)).isEqualTo(2);
        assertThat(messages().forget(NOW, 3)).isZero();
        assertThat(messages().find(TWILIO, List.of("new"))).hasSize(1);
    }
}
