package dev.tidings.domain.category;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationTypeTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "password_reset", "order_2_shipped", "z9"})
    void a_lower_case_name_is_a_type(String value) {
        assertThat(new NotificationType(value)).hasToString(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Welcome", "9lives", "_welcome", "password-reset", "password reset", "welcome\n", "é"})
    void anything_else_is_refused(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NotificationType(value))
                .withMessage("must be 1 to 64 of a-z, 0-9 and _, starting with a letter");
    }

    @Test
    void it_has_64_characters_at_most() {
        assertThat(new NotificationType("a".repeat(64)).value()).hasSize(64);
        assertThatIllegalArgumentException().isThrownBy(() -> new NotificationType("a".repeat(65)));
    }

    @Test
    void types_sort_by_name() {
        assertThat(new NotificationType("marketing")).isLessThan(new NotificationType("welcome"));
    }
}
