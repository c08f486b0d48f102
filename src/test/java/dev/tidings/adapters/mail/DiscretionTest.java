package dev.tidings.adapters.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DiscretionTest {

    private static final String RECIPIENT = "ada.lovelace@example.org";

    @Example
    void the_reason_stays_and_the_address_goes() {
        assertThat(
                        told(
                                "<ada.lovelace@example.org>: Recipient address rejected: User unknown in virtual mailbox table"))
                .isEqualTo("<…>: Recipient address rejected: User unknown in virtual mailbox table");
        assertThat(told("The email account that you tried to reach (ada.lovelace@example.org) does not exist."))
                .isEqualTo("The email account that you tried to reach (<…>) does not exist.");
        assertThat(told("Mailbox Ada.Lovelace is full")).isEqualTo("Mailbox <…> is full");
        assertThat(told("see https://relay.example/?to=ada.lovelace%40example.org"))
                .doesNotContain("lovelace");
        assertThat(told("\"ada lovelace\"@example.org unknown")).isEqualTo("<…> unknown");
        assertThat(told("forwarded to eve@other.example")).isEqualTo("forwarded to <…>");
        assertThat(told("broken off at <ada.love")).isEqualTo("broken off at <…>");
    }

    @Example
    void it_is_short_and_on_one_line() {
        assertThat(told("a\r\nb\u0000c\td  e")).isEqualTo("a b c d e");
        assertThat(told("word ".repeat(100))).hasSize(200).endsWith("…");
        assertThat(told("ada.lovelace@example.org ".repeat(1000))).hasSizeLessThanOrEqualTo(200);
    }

    @Property(tries = 1000)
    void whatever_a_relay_says_the_recipient_is_not_in_it(@ForAll("replies") String words) {
        String told = told(words);

        assertThat(told.toLowerCase(Locale.ROOT)).doesNotContain(RECIPIENT);
        assertThat(told).hasSizeLessThanOrEqualTo(200).doesNotContain("@").matches("[^\\p{Cntrl}]*");
    }

    @Provide
    Arbitrary<String> replies() {
        return Arbitraries.oneOf(
                        Arbitraries.of(List.of(
                                RECIPIENT,
                                "ADA.LOVELACE@EXAMPLE.ORG",
                                "<",
                                ">",
                                "(",
                                ")",
                                "\"",
                                ":",
                                " ",
                                ", ",
                                "user unknown",
                                "mailto:",
                                "@",
                                "x@",
                                "@y",
                                "\r\n",
                                "é")),
                        Arbitraries.strings().ofMaxLength(20))
                .list()
                .ofMaxSize(30)
                .map(pieces -> String.join("", pieces));
    }

    private static String told(String words) {
        return Discretion.about(RECIPIENT, words);
    }
}
