package dev.tidings.adapters.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidings.application.InvalidInput;
import dev.tidings.application.InvalidInput.FieldError;
import dev.tidings.application.doubles.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentLedgerTest {

    private static final Duration AHEAD = Duration.ofMinutes(1);

    private final List<Duration> counted = new ArrayList<>();
    private Duration countable = Duration.ofDays(1);
    private final RecentLedger ledger = new RecentLedger(
            (from, to, _) -> {
                Duration span = Duration.between(from, to).minus(AHEAD);
                counted.add(span);
                if (span.compareTo(countable) > 0) {
                    throw new InvalidInput(List.of(new FieldError("from", "is too long ago")));
                }
                return List.of();
            },
            new SettableClock());

    @Test
    void three_hours_are_counted() {
        count(2);

        assertThat(counted).containsExactly(Duration.ofHours(3), Duration.ofHours(3));
    }

    @Test
    void half_as_much_is_counted_when_it_is_too_much_until_all_can_be_again() {
        countable = Duration.ofHours(1);
        refused(2);
        count(1);

        countable = Duration.ofDays(1);
        count(3);

        assertThat(counted)
                .containsExactly(
                        Duration.ofHours(3),
                        Duration.ofMinutes(90),
                        Duration.ofMinutes(45),
                        Duration.ofMinutes(90),
                        Duration.ofHours(3),
                        Duration.ofHours(3));
    }

    @Test
    void five_minutes_are_tried_in_any_case() {
        countable = Duration.ZERO;

        refused(8);

        assertThat(counted.subList(6, 8)).containsOnly(Duration.ofMinutes(5));
    }

    private void count(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(ledger.count()).isEmpty();
        }
    }

    private void refused(int times) {
        for (int i = 0; i < times; i++) {
            assertThatExceptionOfType(InvalidInput.class).isThrownBy(ledger::count);
        }
    }
}
