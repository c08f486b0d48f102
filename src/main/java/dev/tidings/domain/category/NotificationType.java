package dev.tidings.domain.category;

import java.util.regex.Pattern;

/** What a notification is about, such as {@code password_reset}: 1 to 64 of a-z, 0-9 and _, starting with a letter. */
public record NotificationType(String value) implements Comparable<NotificationType> {

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    public NotificationType {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("must be 1 to 64 of a-z, 0-9 and _, starting with a letter");
        }
    }

    @Override
    public int compareTo(NotificationType other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
