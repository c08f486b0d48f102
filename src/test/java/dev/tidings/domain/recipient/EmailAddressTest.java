package dev.tidings.domain.recipient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@example.org",
                "a@b.c",
                "first.last+tag@mail.example.co.uk",
                "o'brien@example.ie",
                "!#$%&'*+/=?^_`{|}~-@example.org",
                "ada@localhost",
                "ada@xn--bcher-kva.example",
                "1@2.example",
                "ADA@Example.ORG"
            })
    void real_addresses_are_taken_as_they_are(String address) {
        assertThat(new EmailAddress(address)).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "ada",
                "ada@",
                "@example.org",
                "ada@example.",
                "ada@.example",
                "ada@a..b",
                "ada@-a.org",
                "ada@a-.org",
                "ada@a_b.org",
                ".ada@example.org",
                "ada.@example.org",
                "a..da@example.org",
                "a b@example.org",
                "ada@exa mple.org",
                "ada@eve@example.org",
                "\"ada\"@example.org",
                "ada@[127.0.0.1]",
                "Ada <ada@example.org>",
                "ada@example.org,eve@example.org",
                "ada@example.org\r\nBcc: eve@example.org",
                "ada\r\nBcc: eve@example.org",
                "ada@example.org\n",
                "ada@example.org\u0000",
                "ädä@example.org",
                "ada@example。",
                "ada@ex\uff20ample.org"
            })
    void what_no_relay_would_take_is_refused(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmailAddress(address))
                .withMessage("must be an email address such as ada@example.org");
    }

    @ParameterizedTest
    @CsvSource({
        "ada@bücher.example, ada@xn--bcher-kva.example",
        "ada@例え.テスト, ada@xn--r8jz45g.xn--zckzah",
        "ada@faß.example, ada@fass.example",
        "ada@example。org, ada@example.org"
    })
    void an_internationalised_domain_is_kept_in_its_ascii_form(String given, String kept) {
        assertThat(new EmailAddress(given).value()).isEqualTo(kept);
        assertThat(new EmailAddress(given)).isEqualTo(new EmailAddress(kept));
    }

    @Test
    void the_local_part_has_64_characters_at_most() {
        assertThat(new EmailAddress("a".repeat(64) + "@example.org").value()).startsWith("aaaa");
        assertRefused("a".repeat(65) + "@example.org");
    }

    @Test
    void a_label_of_the_domain_has_63_characters_at_most() {
        assertThat(new EmailAddress("ada@" + "a".repeat(63) + ".org").value()).endsWith(".org");
        assertRefused("ada@" + "a".repeat(64) + ".org");
    }

    @Test
    void an_address_has_254_characters_at_most() {
        String domain = ("a".repeat(61) + ".").repeat(4);

        assertThat(new EmailAddress("a@" + domain + "a".repeat(4)).value()).hasSize(254);
        assertThat(new EmailAddress("a@" + domain + "a".repeat(2)).value()).hasSize(252);
        assertRefused("a@" + domain + "a".repeat(5));
        assertRefused("ada@" + "ü".repeat(300));
    }

    @Property
    void what_is_taken_follows_the_grammar(
            @ForAll @Chars({'a', 'Z', '9', '.', '-', '+', '~', '"', ' '}) @StringLength(max = 8) String local,
            @ForAll @Chars({'a', 'Z', '9', '.', '-', '_', ' '}) @StringLength(max = 8) String domain) {
        boolean follows = local.matches("[a-zA-Z0-9+~-]+(\\.[a-zA-Z0-9+~-]+)*")
                && domain.matches("([a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?\\.)*[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?");

        assertThat(isTaken(local + "@" + domain)).isEqualTo(follows);
    }

    private static boolean isTaken(String address) {
        try {
            return new EmailAddress(address).value().equals(address);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Property
    void whatever_is_taken_has_no_room_for_injection(
            @ForAll @StringLength(max = 40) String local, @ForAll @StringLength(max = 40) String domain) {
        try {
            assertThat(new EmailAddress(local + "@" + domain).value())
                    .matches("[\\x21-\\x7e]+@[A-Za-z0-9.-]+")
                    .doesNotContain(",", "<", ">", "\"", "(", ")", ":", ";");
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessage("must be an email address such as ada@example.org");
        }
    }

    @Example
    void a_refusal_does_not_repeat_the_address() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmailAddress("ada..lovelace@example.org"))
                .withMessageNotContaining("lovelace");
    }

    private static void assertRefused(String address) {
        assertThatIllegalArgumentException().isThrownBy(() -> new EmailAddress(address));
    }
}
