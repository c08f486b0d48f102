package dev.tidings.domain.recipient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
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

    @Property
    void what_is_taken_is_one_word(
            @ForAll
                    @CharRange(from = '\u0000', to = '\u00ff')
                    @Chars({'\u2028', '\u2029', '\u3000', '\u180e', '\u200b', '\ud83d', '\ude00'})
                    @StringLength(max = 3)
                    String value) {
        assertThat(isTaken(value)).isEqualTo(value.matches("[^\\s\\p{Cc}\\p{Cs}\\p{Z}]+"));
    }

    private static boolean isTaken(String value) {
        try {
            return new UserId(value).value().equals(value);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Test
    void it_has_128_characters_at_most() {
        assertThat(new UserId("a".repeat(128)).value()).hasSize(128);
        assertThat(new UserId("😀".repeat(128)).value()).hasSize(256);
        assertThatIllegalArgumentException().isThrownBy(() -> new UserId("a".repeat(129)));
        assertThatIllegalArgumentException().isThrownBy(() -> new UserId("😀".repeat(129)));
    }
}
