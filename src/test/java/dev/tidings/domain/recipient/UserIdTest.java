package dev.tidings.domain.recipient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserIdTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "7f1c6f6e-8d6b-4b2e-9a53-0d0a4f5a2d11",
                "auth0|5f7c8ec7c33c6c004bbafe82",
                "ada@example.org",
                "Ada/1",
                "アダ",
                "😀"
            })
    void whatever_a_service_calls_its_users_is_an_id(String value) {
        assertThat(new UserId(value)).hasToString(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a\tb",
                "a\r\nb",
                "a\n",
                "a\u0000",
                "a\u007f",
                "a\u0085b",
                "a\u009fb",
                "a\u00a0b",
                "a\u2028b",
                "a\u3000b"
            })
    void spaces_and_control_characters_are_refused(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UserId(value))
                .withMessage("must be 1 to 128 characters without spaces or control characters");
    }

    @Test
    void half_a_character_is_refused() {
        String smile = "😀";

        assertThatIllegalArgumentException().isThrownBy(() -> new UserId(smile.substring(0, 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new UserId("a" + smile.substring(1)));
    }

    @Test
    void it_has_128_characters_at_most() {
        assertThat(new UserId("a".repeat(128)).value()).hasSize(128);
        assertThat(new UserId("😀".repeat(128)).value()).hasSize(256);
        assertThatIllegalArgumentException().isThrownBy(() -> new UserId("a".repeat(129)));
        assertThatIllegalArgumentException().isThrownBy(() -> new UserId("😀".repeat(129)));
    }
}
