package dev.tidings.adapters.phone;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import dev.tidings.application.contact.PhoneNumbers;
import dev.tidings.domain.recipient.PhoneNumber;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Refuses what has an impossible country code or length, and no more: which ranges are in use changes faster than
 * programs are updated, and somebody who has a new number would be out of reach.
 */
final class LibPhoneNumbers implements PhoneNumbers {

    private static final String NO_COUNTRY = "ZZ";
    private static final String NO_GEOGRAPHICAL_ENTITY = "001";
    private static final Pattern WRITTEN = Pattern.compile("[\\p{Nd}\\p{Zs}\\p{Pd}+＋()/.]{1,60}");
    /** The prefix for calls abroad that ITU-T E.164 recommends; no national number begins with it. */
    private static final Pattern ABROAD = Pattern.compile("^[\\p{Zs}(]*00");

    private final PhoneNumberUtil library = PhoneNumberUtil.getInstance();
    private final String defaultCountry;

    private LibPhoneNumbers(String defaultCountry) {
        this.defaultCountry = defaultCountry;
    }

    /** @param country ISO 3166-1 alpha-2; of none when empty */
    static LibPhoneNumbers withNationalFormsOf(String country) {
        String code = country.strip().toUpperCase(Locale.ROOT);
        if (!code.isEmpty()
                && !PhoneNumberUtil.getInstance().getSupportedRegions().contains(code)) {
            throw new IllegalArgumentException(
                    "tidings.phone.default-country (DEFAULT_COUNTRY) must be a country's two letters, such as DE, not "
                            + country);
        }
        return new LibPhoneNumbers(code.isEmpty() ? NO_COUNTRY : code);
    }

    @Override
    public PhoneNumber parse(String text) {
        if (!WRITTEN.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "must be a phone number such as +49 30 123456: at most 60 digits, spaces, + ( ) - . and /");
        }
        Phonenumber.PhoneNumber number = number(ABROAD.matcher(text).replaceFirst("+"));
        switch (library.isPossibleNumberWithReason(number)) {
            case IS_POSSIBLE -> {}
            case IS_POSSIBLE_LOCAL_ONLY -> throw wrong("must have its area code, too", number);
            case INVALID_COUNTRY_CODE -> throw withoutCountry();
            case TOO_SHORT -> throw wrong("has too few digits", number);
            case TOO_LONG -> throw wrong("has too many digits", number);
            case INVALID_LENGTH -> throw wrong("has too many or too few digits", number);
        }
        return new PhoneNumber(library.format(number, PhoneNumberFormat.E164));
    }

    private Phonenumber.PhoneNumber number(String text) {
        try {
            return library.parse(text, defaultCountry);
        } catch (NumberParseException e) {
            throw switch (e.getErrorType()) {
                case INVALID_COUNTRY_CODE -> withoutCountry();
                case NOT_A_NUMBER, TOO_SHORT_AFTER_IDD, TOO_SHORT_NSN ->
                    new IllegalArgumentException("has too few digits for a phone number such as +49 30 123456");
                case TOO_LONG ->
                    new IllegalArgumentException("has too many digits for a phone number such as +49 30 123456");
            };
        }
    }

    private static IllegalArgumentException withoutCountry() {
        return new IllegalArgumentException(
                "must begin with + and the code of a country that there is, such as +49 30 123456");
    }

    private IllegalArgumentException wrong(String what, Phonenumber.PhoneNumber number) {
        String country = library.getRegionCodeForCountryCode(number.getCountryCode());
        Phonenumber.PhoneNumber example = library.getExampleNumber(country);
        return new IllegalArgumentException(
                example == null
                        ? what
                        : what + ": one of " + country + " looks like "
                                + library.format(example, PhoneNumberFormat.INTERNATIONAL));
    }

    @Override
    public Optional<String> countryOf(PhoneNumber number) {
        try {
            Phonenumber.PhoneNumber parsed = library.parse(number.value(), NO_COUNTRY);
            String region = library.getRegionCodeForNumber(parsed);
            return Optional.of(region == null ? library.getRegionCodeForCountryCode(parsed.getCountryCode()) : region)
                    .filter(code -> !code.equals(NO_COUNTRY) && !code.equals(NO_GEOGRAPHICAL_ENTITY));
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }
}
