package dev.tidings.domain.recipient;

/** A person as the calling service knows them: 1 to 128 characters, no spaces, control characters or lone surrogates. */
public record UserId(String value) {

    private static final int LONGEST = 128;

    public UserId {
        if (value.isEmpty() || !isInOneWord(value)) {
            throw new IllegalArgumentException("must be 1 to 128 characters without spaces or control characters");
        }
    }

    private static boolean isInOneWord(String value) {
        int length = 0;
        int c;
        for (int i = 0; i < value.length(); i += Character.charCount(c)) {
            c = value.codePointAt(i);
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.SURROGATE,
                        Character.SPACE_SEPARATOR,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> {
                    return false;
                }
                default -> length++;
            }
        }
        return length <= LONGEST;
    }

    @Override
    public String toString() {
        return value;
    }
}
