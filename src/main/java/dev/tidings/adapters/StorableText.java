package dev.tidings.adapters;

/** A text that a database and a mail can hold: without the character U+0000, and without half of a surrogate pair. */
public final class StorableText {

    public static final String REFUSED = "must not have the character U+0000 or half of a surrogate pair";

    private StorableText() {}

    /** The same text; throws {@link IllegalArgumentException} if it can't be stored. */
    public static String of(String text) {
        if (!isStorable(text)) {
            throw new IllegalArgumentException(REFUSED);
        }
        return text;
    }

    public static boolean isStorable(String text) {
        int c;
        for (int i = 0; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            if (c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                return false;
            }
        }
        return true;
    }
}
