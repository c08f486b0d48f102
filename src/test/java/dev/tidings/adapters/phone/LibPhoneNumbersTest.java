package dev.tidings.adapters.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidings.application.contact.PhoneNumbers;
import dev.tidings.domain.recipient.PhoneNumber;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibPhoneNumbersTest {

    private final PhoneNumbers worldwide = LibPhoneNumbers.withNationalFormsOf("");
    private final PhoneNumbers german = LibPhoneNumbers.withNationalFormsOf("de");
    private final PhoneNumbers american = LibPhoneNumbers.withNationalFormsOf("US");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+49 30 123456",
                "+4930123456",
                "0049 30 123456",
                "(0049) 30/12 34 56",
                "+49 (0)30 123-456",
                "＋４９ ３０ １２３４５６",
                "+49 30\u00a0123456",
                "+٤٩ ٣٠ ١٢٣٤٥٦"
            })
    void a_number_with_its_country_is_read_however_it_is_written(String text) {
        assertThat(worldwide.parse(text)).isEqualTo(new PhoneNumber("+4930123456"));
        assertThat(american.parse(text)).isEqualTo(new PhoneNumber("+4930123456"));
    }

    @Test
    void the_national_form_of_the_configured_country_is_read_and_no_other() {
        assertThat(german.parse("030 123456")).isEqualTo(new PhoneNumber("+4930123456"));
        assertThat(german.parse("0151 23456789")).isEqualTo(new PhoneNumber("+4915123456789"));
        assertThat(american.parse("(202) 555-0143")).isEqualTo(new PhoneNumber("+12025550143"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> worldwide.parse("030 123456"))
                .withMessageContaining("must begin with + and the code of a country")
                .withMessageContaining("+49 30 123456");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    +47 123                              | too few digits: one of NO looks like +47
                    +44 20 7946 09580000                 | too many digits: one of GB looks like +44
                    +49 301                              | area code, too: one of DE looks like +49 30 123456
                    +1 555 0143                          | area code, too: one of US looks like +1
                    +999 123456                          | the code of a country that there is
                    +0 30 123456                         | the code of a country that there is
                    +                                    | too few digits
                    00                                   | too few digits
                    ada@example.org                      | a phone number such as +49 30 123456
                    +1 800 FLOWERS                       | a phone number such as +49 30 123456
                    +1 202 555 0143 ext. 7               | a phone number such as +49 30 123456
                    +49 30 123456;+49 30 123457          | a phone number such as +49 30 123456
                    """)
    void what_can_be_no_number_is_refused_and_what_would_be_right_is_said(String text, String said) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> worldwide.parse(text))
                .withMessageContaining(said.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u0000", "123456789012345678901234567890123456789012345678901234567890123456"})
    void what_is_empty_or_endless_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> german.parse(text));
    }

    @Test
    void simulated_recipients_have_numbers_like_others() {
        for (int i = 0; i < 100; i++) {
            PhoneNumber number = worldwide.parse(String.format(Locale.ROOT, "+1 202 555 01%02d", i));
            assertThat(number.isSimulated()).isTrue();
            assertThat(worldwide.countryOf(number)).contains("US");
        }
    }

    @ParameterizedTest
    @CsvSource({"+4930123456, DE", "+919876543210, IN", "+14165550123, CA", "+447400123456, GB", "+77012345678, KZ"})
    void the_country_of_a_number_is_known_also_where_several_share_a_code(String number, String country) {
        assertThat(worldwide.countryOf(new PhoneNumber(number))).contains(country);
    }

    @Test
    void a_number_that_belongs_to_no_country_has_none() {
        assertThat(worldwide.countryOf(new PhoneNumber("+80012345678"))).isEmpty();
        assertThat(worldwide.countryOf(new PhoneNumber("+999123456"))).isEmpty();
        assertThat(worldwide.countryOf(new PhoneNumber("+12"))).isEmpty();
    }

    @Test
    void a_country_that_there_is_not_is_refused_at_the_start() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LibPhoneNumbers.withNationalFormsOf("Germany"))
                .withMessageContaining("DEFAULT_COUNTRY")
                .withMessageContaining("Germany");
    }
}
