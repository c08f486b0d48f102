package dev.tidings.adapters.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorTest {

    private static final String KEYS = " " + "A".repeat(87) + " " + "B".repeat(22);

    private static Stream<Arguments> words() {
        return Stream.of(
                Arguments.of("delivered", new Behaviour.Delivered()),
                Arguments.of("bounced", new Behaviour.Bounced()),
                Arguments.of("failed", new Behaviour.Failed()),
                Arguments.of("gone", new Behaviour.Gone()),
                Arguments.of("hanging", new Behaviour.Hanging()),
                Arguments.of("flaky", new Behaviour.Flaky(1)),
                Arguments.of("flaky%3", new Behaviour.Flaky(3)),
                Arguments.of("flaky%12%ada", new Behaviour.Flaky(12)),
                Arguments.of("late", new Behaviour.Late(Duration.ofSeconds(10))),
                Arguments.of("late%30", new Behaviour.Late(Duration.ofSeconds(30))),
                Arguments.of("gone%ada", new Behaviour.Gone()),
                Arguments.of("failed%7", new Behaviour.Failed()),
                Arguments.of("somebody", new Behaviour.Delivered()));
    }

    @ParameterizedTest
    @MethodSource("words")
    void an_address_of_the_simulator_says_what_it_does(String word, Behaviour behaviour) {
        assertThat(of(Channel.EMAIL, word.replace('%', '+') + "@simulator.example"))
                .isEqualTo(behaviour);
        assertThat(of(Channel.PUSH, "simulator:" + word.replace('%', '-'))).isEqualTo(behaviour);
        assertThat(of(Channel.PUSH, "https://simulator.example/" + word.replace('%', '-') + KEYS))
                .isEqualTo(behaviour);
    }

    @Test
    void the_last_two_digits_of_a_number_of_the_simulator_say_what_it_does() {
        for (Channel channel : new Channel[] {Channel.SMS, Channel.WHATSAPP}) {
            assertThat(of(channel, "+12025550100")).isEqualTo(new Behaviour.Delivered());
            assertThat(of(channel, "+12025550101")).isEqualTo(new Behaviour.Bounced());
            assertThat(of(channel, "+12025550102")).isEqualTo(new Behaviour.Failed());
            assertThat(of(channel, "+12025550103")).isEqualTo(new Behaviour.Gone());
            assertThat(of(channel, "+12025550104")).isEqualTo(new Behaviour.Hanging());
            for (int n = 0; n < 10; n++) {
                assertThat(of(channel, "+1202555011" + n)).isEqualTo(new Behaviour.Flaky(n));
                assertThat(of(channel, "+1202555012" + n)).isEqualTo(new Behaviour.Late(Duration.ofSeconds(10L * n)));
            }
            for (int others = 30; others < 100; others++) {
                assertThat(of(channel, String.format(Locale.ROOT, "+120255501%02d", others)))
                        .isEqualTo(new Behaviour.Delivered());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/%20", "/1", "/flaky-99999", "/gone/", "/-", "?flaky-3"})
    void whatever_a_simulated_address_says_it_does_something(String path) {
        assertThat(Simulator.behaviourOf(Address.of(Channel.PUSH, "https://simulator.example" + path + KEYS)))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed@example.org", "failed@simulator.example.org", "delivered@notsimulator.example"})
    void people_are_not_simulated(String address) {
        assertThat(Simulator.behaviourOf(Address.of(Channel.EMAIL, address))).isEmpty();
        assertThat(Simulator.behaviourOf(Address.of(Channel.SMS, "+12025550200")))
                .isEmpty();
        assertThat(Simulator.behaviourOf(Address.of(Channel.PUSH, "device-1:failed")))
                .isEmpty();
        assertThat(Simulator.behaviourOf(Address.of(Channel.PUSH, "https://push.example/failed" + KEYS)))
                .isEmpty();
    }

    private static Behaviour of(Channel channel, String address) {
        return Simulator.behaviourOf(Address.of(channel, address)).orElseThrow();
    }
}
