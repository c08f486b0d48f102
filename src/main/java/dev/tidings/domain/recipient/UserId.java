package dev.tidings.domain.recipient;

import java.util.regex.Pattern;

/** A person as the calling service knows them: 1 to 128 characters, no spaces, control characters or lone surrogates. */
public record UserId(String value) {

    private static final Pattern FORM = Pattern.compile("[^\\s\\p{Cc}\\p{Cs}\\p{Z}]{1,128}");

    public UserId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("must be 1 to 128 characters without spaces or control characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
