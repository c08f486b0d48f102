package dev.tidings.domain.recipient;

import java.util.regex.Pattern;

/** A number in the international form of E.164: {@code +} and 2 to 15 digits, the first of them not 0. */
public record PhoneNumber(String value) implements Address {

    private static final Pattern FORM = Pattern.compile("\\+[1-9][0-9]{1,14}");
    /** Numbers kept free for fiction (NANPA: 555-0100 to 555-0199), here with the area code of Washington, D.C. */
    private static final Pattern FICTION = Pattern.compile("\\+120255501[0-9]{2}");

    public PhoneNumber {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("must be a phone number with its country code, such as +4930123456");
        }
    }

    /** As some vendors want it. */
    public String withoutPlus() {
        return value.substring(1);
    }

    @Override
    public boolean isSimulated() {
        return FICTION.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
