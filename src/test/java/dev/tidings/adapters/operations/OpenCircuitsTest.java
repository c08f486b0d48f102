package dev.tidings.adapters.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.adapters.operations.Alert.Condition;
import dev.tidings.application.delivery.Roster;
import dev.tidings.application.delivery.Route;
import dev.tidings.application.delivery.Routes;
import dev.tidings.application.doubles.ScriptedProvider;
import dev.tidings.application.doubles.SettableClock;
import dev.tidings.application.doubles.SimpleBreaker;
import dev.tidings.domain.provider.ProviderPolicy;
import dev.tidings.domain.recipient.Channel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OpenCircuitsTest {

    private static final AlertSettings BOUNDS = new AlertSettings(
            Duration.ofMinutes(15),
            Map.of(),
            0.05,
            0.2,
            20,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5));

    private final SettableClock clock = new SettableClock();
    private final SimpleBreaker breaker = new SimpleBreaker(clock);
    private final Roster roster = new Roster(List.of(new Routes(
            Channel.EMAIL,
            List.of(new Route(new ScriptedProvider(1), ProviderPolicy.USUAL, breaker, (_, _, _, _, _) -> {
                throw new IllegalStateException("nothing is limited");
            })),
            _ -> Optional.empty(),
            new Random(1),
            clock)));
    private final OpenCircuits circuits = new OpenCircuits(Optional.of(roster), BOUNDS);

    @Test
    void a_provider_that_fails_for_long_fires_though_it_is_tried_again_and_again() throws IOException {
        assertThat(circuits.check(clock.instant())).isEmpty();
        for (int i = 0; i < 20; i++) {
            breaker.down(Duration.ZERO);
            clock.advance(Duration.ofSeconds(15));
            assertThat(circuits.check(clock.instant())).isEmpty();
            breaker.tryUse();
        }
        breaker.down(Duration.ZERO);
        clock.advance(Duration.ofMillis(1));

        Condition open = circuits.check(clock.instant()).getFirst();

        assertThat(open.subject()).isEqualTo("scripted");
        assertThat(open.summary()).contains("scripted has failed for");
        assertThat(Files.readString(Path.of("docs/operations.md"))).contains("`" + open.name() + "`");
        breaker.worked(Duration.ZERO);
        assertThat(circuits.check(clock.instant())).isEmpty();
    }

    @Test
    void without_providers_nothing_fires() {
        assertThat(new OpenCircuits(Optional.empty(), BOUNDS).check(clock.instant()))
                .isEmpty();
    }

    @Test
    void circuits_and_what_is_under_way_are_gauged_by_provider() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        ProviderGauges.register(roster, registry);

        assertThat(circuit(registry)).isZero();
        breaker.down(Duration.ZERO);
        assertThat(circuit(registry)).isEqualTo(2);
        clock.advance(Duration.ofSeconds(2));
        breaker.tryUse();
        assertThat(circuit(registry)).isEqualTo(1);
        assertThat(registry.get("tidings.provider.under.way")
                        .tags("provider", "scripted", "channel", "email")
                        .gauge()
                        .value())
                .isZero();
    }

    private static double circuit(SimpleMeterRegistry registry) {
        return registry.get("tidings.provider.circuit")
                .tags("provider", "scripted", "channel", "email")
                .gauge()
                .value();
    }
}
