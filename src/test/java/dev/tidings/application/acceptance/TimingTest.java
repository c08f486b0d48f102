package dev.tidings.application.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidings.application.Fields;
import dev.tidings.application.InvalidInput;
import dev.tidings.application.InvalidInput.FieldError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimingTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant TOMORROW = NOW.plus(Duration.ofDays(1));

    @Test
    void nothing_said_is_at_once_and_for_ever() {
        assertThat(resolved(Timing.AT_ONCE)).isEqualTo(new Timing.Resolved(null, null));
    }

    @Test
    void a_delay_counts_from_now_and_a_time_to_live_from_when_it_goes_out() {
        assertThat(resolved(new Timing(null, Duration.ofHours(1), null, Duration.ofHours(2))))
                .isEqualTo(new Timing.Resolved(NOW.plus(Duration.ofHours(1)), NOW.plus(Duration.ofHours(3))));
        assertThat(resolved(new Timing(TOMORROW, null, TOMORROW.plusSeconds(1), null)))
                .isEqualTo(new Timing.Resolved(TOMORROW, TOMORROW.plusSeconds(1)));
        assertThat(resolved(new Timing(null, null, null, Duration.ofSeconds(5))))
                .isEqualTo(new Timing.Resolved(null, NOW.plusSeconds(5)));
    }

    @Test
    void what_was_to_go_out_a_moment_ago_goes_out_now() {
        assertThat(resolved(new Timing(NOW.minusSeconds(299), null, null, null)))
                .isEqualTo(new Timing.Resolved(null, null));
        assertThat(wrong(new Timing(NOW.minusSeconds(301), null, null, null))).containsExactly("send_at");
    }

    @Test
    void a_year_ahead_is_the_farthest() {
        assertThat(resolved(new Timing(NOW.plus(Timing.FARTHEST), null, null, null))
                        .sendAt())
                .isEqualTo(NOW.plus(Timing.FARTHEST));
        assertThat(wrong(new Timing(NOW.plus(Timing.FARTHEST).plusMillis(1), null, null, null)))
                .containsExactly("send_at");
        assertThat(wrong(new Timing(null, Duration.ofSeconds(Long.MAX_VALUE), null, null)))
                .containsExactly("delay_seconds");
    }

    @Test
    void what_is_said_twice_or_ends_before_it_begins_is_told() {
        assertThat(wrong(new Timing(TOMORROW, Duration.ofHours(1), null, null))).containsExactly("delay_seconds");
        assertThat(wrong(new Timing(null, null, TOMORROW, Duration.ofHours(1)))).containsExactly("ttl_seconds");
        assertThat(wrong(new Timing(TOMORROW, null, TOMORROW, null))).containsExactly("expires_at");
        assertThat(wrong(new Timing(null, null, NOW, null))).containsExactly("expires_at");
    }

    @Test
    void nothing_lives_for_more_than_ten_years() {
        assertThat(wrong(new Timing(null, null, Instant.MAX, null))).containsExactly("expires_at");
        assertThat(wrong(new Timing(null, null, null, Duration.ofSeconds(Long.MAX_VALUE))))
                .containsExactly("ttl_seconds");
    }

    private static Timing.Resolved resolved(Timing timing) {
        Fields fields = new Fields();
        Timing.Resolved resolved = timing.resolve(NOW, fields);
        fields.check();
        return resolved;
    }

    private static List<String> wrong(Timing timing) {
        Fields fields = new Fields();
        timing.resolve(NOW, fields);
        return assertThatExceptionOfType(InvalidInput.class).isThrownBy(fields::check).actual().errors().stream()
                .map(FieldError::field)
                .toList();
    }
}
