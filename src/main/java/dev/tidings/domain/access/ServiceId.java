package dev.tidings.domain.access;

import java.util.regex.Pattern;

/** The service that asked: 1 to 64 letters, digits, dots, dashes and underscores. */
public record ServiceId(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public ServiceId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "must be 1 to 64 letters, digits, dots, dashes or underscores, starting with a letter or digit");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
