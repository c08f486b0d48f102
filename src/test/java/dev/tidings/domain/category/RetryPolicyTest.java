package dev.tidings.domain.category;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class RetryPolicyTest {

    private static final long ROUNDING_MILLIS = 1;

    @Property
    void a_delay_stays_within_its_jitter(
            @ForAll("policies") RetryPolicy policy,
            @ForAll @IntRange(min = 1, max = 5) int attempts,
            @ForAll @DoubleRange(min = 0, max = 1) double chance) {
        policy.delayAfter(attempts, chance, Duration.ZERO).ifPresent(delay -> {
            double configured = policy.delays().get(attempts - 1).toMillis();
            assertThat((double) delay.toMillis())
                    .isBetween(
                            configured * (1 - policy.jitter()) - ROUNDING_MILLIS,
                            configured * (1 + policy.jitter()) + ROUNDING_MILLIS);
            assertThat(delay).isPositive();
        });
    }

    @Property
    void there_are_as_many_delays_as_configured(
            @ForAll("policies") RetryPolicy policy,
            @ForAll @IntRange(min = 1, max = 8) int attempts,
            @ForAll("wishes") Duration wish) {
        assertThat(policy.delayAfter(attempts, 0.5, wish).isPresent())
                .isEqualTo(attempts <= policy.delays().size());
    }

    @Property
    void a_longer_wish_is_granted_and_a_shorter_one_is_not(
            @ForAll("policies") RetryPolicy policy,
            @ForAll @IntRange(min = 1, max = 5) int attempts,
            @ForAll @DoubleRange(min = 0, max = 1) double chance,
            @ForAll("wishes") Duration wish) {
        policy.delayAfter(attempts, chance, wish).ifPresent(delay -> {
            Duration own = policy.delayAfter(attempts, chance, Duration.ZERO).orElseThrow();
            assertThat(delay).isEqualTo(own.compareTo(wish) >= 0 ? own : wish);
        });
    }

    @Property
    void more_chance_never_means_a_shorter_delay(
            @ForAll("policies") RetryPolicy policy,
            @ForAll @IntRange(min = 1, max = 5) int attempts,
            @ForAll @DoubleRange(min = 0, max = 1) double one,
            @ForAll @DoubleRange(min = 0, max = 1) double other) {
        policy.delayAfter(attempts, Math.min(one, other), Duration.ZERO)
                .ifPresent(shorter -> assertThat(policy.delayAfter(attempts, Math.max(one, other), Duration.ZERO))
                        .hasValueSatisfying(longer -> assertThat(longer).isGreaterThanOrEqualTo(shorter)));
    }

    @Example
    void without_jitter_chance_changes_nothing() {
        RetryPolicy policy = new RetryPolicy(List.of(Duration.ofSeconds(5), Duration.ofSeconds(30)), 0);

        assertThat(policy.delayAfter(2, 0, Duration.ZERO)).contains(Duration.ofSeconds(30));
        assertThat(policy.delayAfter(2, 1, Duration.ZERO)).contains(Duration.ofSeconds(30));
    }

    @Example
    void full_jitter_may_double_a_delay_but_never_takes_it_away() {
        RetryPolicy policy = new RetryPolicy(List.of(Duration.ofSeconds(5)), 1);

        assertThat(policy.delayAfter(1, 1, Duration.ZERO)).contains(Duration.ofSeconds(10));
        assertThat(policy.delayAfter(1, 0, Duration.ZERO)).contains(Duration.ofMillis(1));
    }

    @Example
    void a_wish_as_long_as_the_delay_is_the_delay() {
        RetryPolicy policy = new RetryPolicy(List.of(Duration.ofSeconds(5)), 0);

        assertThat(policy.delayAfter(1, 0.5, Duration.ofSeconds(5))).contains(Duration.ofSeconds(5));
    }

    @Example
    void none_gives_one_attempt() {
        assertThat(RetryPolicy.NONE.delayAfter(1, 0.5, Duration.ofHours(1))).isEmpty();
    }

    @Example
    void delays_that_are_not_positive_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(List.of(Duration.ofSeconds(1), Duration.ZERO), 0))
                .withMessageContaining("positive");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(List.of(Duration.ofSeconds(-1)), 0))
                .withMessageContaining("PT-1S");
    }

    @Example
    void jitter_is_from_0_to_1() {
        for (double jitter : new double[] {-0.01, 1.01, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RetryPolicy(List.of(), jitter))
                    .withMessageContaining("jitter");
        }
    }

    @Provide
    Arbitrary<RetryPolicy> policies() {
        Arbitrary<List<Duration>> delays = Arbitraries.longs()
                .between(1, Duration.ofDays(3).toMillis())
                .map(Duration::ofMillis)
                .list()
                .ofMaxSize(5);
        return Combinators.combine(delays, Arbitraries.doubles().between(0, 1)).as(RetryPolicy::new);
    }

    @Provide
    Arbitrary<Duration> wishes() {
        return Arbitraries.longs().between(0, Duration.ofDays(6).toMillis()).map(Duration::ofMillis);
    }
}
