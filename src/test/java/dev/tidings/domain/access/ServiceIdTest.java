package dev.tidings.domain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "7", "user-service", "billing.eu_1", "Accounts"})
    void a_name_is_an_id(String value) {
        assertThat(new ServiceId(value)).hasToString(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", ".a", "_a", "user service", "user/service", "a\n", "ä"})
    void anything_else_is_refused(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServiceId(value))
                .withMessageContaining("1 to 64 letters, digits");
    }

    @Test
    void it_has_64_characters_at_most() {
        assertThat(new ServiceId("a".repeat(64)).value()).hasSize(64);
        assertThatIllegalArgumentException().isThrownBy(() -> new ServiceId("a".repeat(65)));
    }
}
