package dev.tidings.application.commit;

import static dev.tidings.application.doubles.Drafts.CONTEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tidings.application.doubles.Outage;
import dev.tidings.application.doubles.TidingsInMemory;
import dev.tidings.application.preferences.Recipients.Recipient;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.preferences.PreferencesCommand.ChangePreferences;
import dev.tidings.domain.preferences.PreferencesCommand.OpenPreferences;
import dev.tidings.domain.preferences.PreferencesEvent.PreferencesCreated;
import dev.tidings.domain.preferences.PreferencesId;
import dev.tidings.domain.preferences.PreferencesRefused;
import dev.tidings.domain.preferences.PreferencesRefused.Reason;
import dev.tidings.domain.recipient.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnitsOfWorkTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final TidingsInMemory tidings = new TidingsInMemory();

    @AfterEach
    void close() {
        tidings.close();
    }

    @Test
    void many_commands_and_what_is_written_beside_them_are_one_commit() {
        List<PreferencesCreated> events = tidings.units.inOneCommit(() -> {
            tidings.recipients.save(List.of(new Recipient(new UserId("user-0"), null, "Ada")));
            return IntStream.range(0, 100).mapToObj(this::open).toList();
        });

        assertThat(events).hasSize(100);
        assertThat(tidings.events.payloads()).containsExactlyElementsOf(events);
        assertThat(tidings.recipients.find(new UserId("user-0"))).isPresent();
        assertThat(tidings.transactions.commits()).isEqualTo(1);
    }

    @Test
    void all_of_it_is_rolled_back_when_the_work_fails() {
        assertThatIllegalStateException()
                .isThrownBy(() -> tidings.units.inOneCommit(() -> {
                    tidings.recipients.save(List.of(new Recipient(new UserId("user-0"), null, "Ada")));
                    open(0);
                    throw new IllegalStateException("no");
                }))
                .withMessage("no");

        assertNothingIsKept();
    }

    @Test
    void all_of_it_is_rolled_back_when_a_command_is_refused() {
        ChangePreferences refused = new ChangePreferences(
                new PreferencesId(new UserId("nobody")), Map.of(new NotificationType("welcome"), false), NOW);

        assertThatExceptionOfType(PreferencesRefused.class)
                .isThrownBy(() -> tidings.units.inOneCommit(() -> {
                    tidings.recipients.save(List.of(new Recipient(new UserId("user-0"), null, "Ada")));
                    open(0);
                    return tidings.units.dispatch(refused, CONTEXT.metadata());
                }))
                .extracting(PreferencesRefused::reason)
                .isEqualTo(Reason.NEVER_CREATED);

        assertNothingIsKept();
    }

    @Test
    void all_of_it_is_rolled_back_when_the_commit_fails() {
        tidings.transactions.failNextCommit(new Outage());

        assertThatExceptionOfType(Outage.class)
                .isThrownBy(() -> tidings.units.inOneCommit(() -> {
                    tidings.recipients.save(List.of(new Recipient(new UserId("user-0"), null, "Ada")));
                    return open(0);
                }));

        assertNothingIsKept();
    }

    @Test
    void the_next_one_starts_afresh() {
        tidings.transactions.failNextCommit(new Outage());
        assertThatExceptionOfType(Outage.class).isThrownBy(() -> tidings.units.inOneCommit(() -> open(0)));

        tidings.units.inOneCommit(() -> open(0));

        assertThat(tidings.events.payloads()).hasSize(1);
    }

    private PreferencesCreated open(int number) {
        List<PreferencesCreated> events = tidings.units.dispatch(
                new OpenPreferences(new PreferencesId(new UserId("user-" + number)), NOW), CONTEXT.metadata());
        return events.getFirst();
    }

    private void assertNothingIsKept() {
        assertThat(tidings.events.payloads()).isEmpty();
        assertThat(tidings.recipients.find(new UserId("user-0"))).isEmpty();
        assertThat(tidings.transactions.commits()).isZero();
        assertThat(tidings.transactions.rollbacks()).isEqualTo(1);
    }
}
