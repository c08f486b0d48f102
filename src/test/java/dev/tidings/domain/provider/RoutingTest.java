package dev.tidings.domain.provider;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.tidings.domain.provider.ProviderPolicy.Mode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoutingTest {

    private final Random chance = new Random(7);

    @Test
    void those_with_the_lowest_number_are_asked_first() {
        Map<String, ProviderPolicy> policies =
                Map.of("third", policy(300, 1_000), "first", policy(0, 0), "second", policy(100, 1));

        assertThat(Routing.order(
                        List.of("third", "first", "second"),
                        name -> requireNonNull(policies.get(name)),
                        chance::nextDouble))
                .containsExactly("first", "second", "third");
    }

    @Test
    void among_equals_each_is_first_in_proportion_to_its_weight() {
        Map<String, ProviderPolicy> policies =
                Map.of("much", policy(100, 300), "little", policy(100, 100), "spare", policy(100, 0));
        Map<String, Integer> first = new HashMap<>();

        for (int i = 0; i < 10_000; i++) {
            List<String> order = Routing.order(
                    List.of("spare", "little", "much"), name -> requireNonNull(policies.get(name)), chance::nextDouble);
            first.merge(order.getFirst(), 1, Integer::sum);
            assertThat(order.getLast()).isEqualTo("spare");
        }

        assertThat(first.getOrDefault("much", 0) / 10_000.0).isCloseTo(0.75, within(0.02));
        assertThat(first).doesNotContainKey("spare");
    }

    @Test
    void what_makes_no_sense_is_refused_in_words() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy(-1, 100))
                .withMessage("priority must be at least 0, not -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy(1, 1_001))
                .withMessage("weight must be 0 to 1000, not 1001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProviderPolicy(1, 1, Mode.ACTIVE, 0, 0, Set.of("de")))
                .withMessage("countries must have two capital letters each, not \"de\"");
    }

    private static ProviderPolicy policy(int priority, int weight) {
        return new ProviderPolicy(priority, weight, Mode.ACTIVE, 0, 0, Set.of());
    }
}
