package dev.tidings.adapters.operations;

/**
 * Takes e-mail addresses out of text that people other than the addressee read. A safety net: nobody means to write one
 * there. Also takes the end of a password out of an address like {@code amqp://user:password@host.example}.
 */
final class PersonalData {

    private static final String MASK = "***";

    private PersonalData() {}

    /** One pass over the text, and none if there is no {@code @} in it. */
    static String masked(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            return text;
        }
        StringBuilder masked = new StringBuilder(text.length());
        int copied = 0;
        while (at >= 0) {
            int start = startOfLocalPart(text, at, copied);
            int end = endOfDomain(text, at);
            if (start < at && end > at + 1) {
                masked.append(text, copied, start).append(MASK);
                copied = end;
            }
            at = text.indexOf('@', Math.max(end, at + 1));
        }
        return copied == 0 ? text : masked.append(text, copied, text.length()).toString();
    }

    private static int startOfLocalPart(String text, int at, int from) {
        int start = at;
        while (start > from && isOfLocalPart(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** Where the domain ends; {@code at + 1} when what follows is none, as in {@code Object@1f2e3d}. */
    private static int endOfDomain(String text, int at) {
        int end = at + 1;
        while (end < text.length() && isOfDomain(text.charAt(end))) {
            end++;
        }
        while (end > at + 1 && !Character.isLetterOrDigit(text.charAt(end - 1))) {
            end--;
        }
        int dot = end < at + 2 ? -1 : text.indexOf('.', at + 2, end);
        return dot > 0 ? end : at + 1;
    }

    private static boolean isOfLocalPart(char c) {
        return Character.isLetterOrDigit(c) || "._%+-'!#$*^~".indexOf(c) >= 0;
    }

    private static boolean isOfDomain(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-';
    }
}
