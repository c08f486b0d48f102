package dev.tidings.adapters.mail;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Header lines (RFC 5322, 2.2), with what isn't ASCII in encoded words (RFC 2047). Nothing that is put into one can end
 * it: control characters and line breaks become spaces.
 */
final class HeaderText {

    private static final int LINE = 76;
    private static final int ENCODED_WORD_FRAME = "=?UTF-8?Q??=".length();
    private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029]");
    private static final Pattern PLAIN = Pattern.compile("([!-~]{1,60}( [!-~]{1,60})*)?");
    private static final Pattern ATOMS =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+( [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
    private static final Pattern QUOTABLE = Pattern.compile("[ -~]{1,60}");

    private final StringBuilder line = new StringBuilder(120);
    private int lineStart;

    private HeaderText(String name) {
        line.append(name).append(':');
    }

    /** Free text, such as a subject. */
    static String unstructured(String name, String value) {
        HeaderText header = new HeaderText(name);
        String text = inOneLine(value);
        if (PLAIN.matcher(text).matches() && !text.contains("=?")) {
            header.words(text);
        } else {
            header.encodedWords(text);
        }
        return header.end();
    }

    /** An address and, if there is one, the name of whose it is. */
    static String mailbox(String name, @Nullable String displayName, String address) {
        HeaderText header = new HeaderText(name);
        String phrase = displayName == null ? "" : inOneLine(displayName).strip();
        if (phrase.isEmpty()) {
            return header.word(address).end();
        }
        if (phrase.contains("=?") || !QUOTABLE.matcher(phrase).matches()) {
            header.encodedWords(phrase);
        } else if (ATOMS.matcher(phrase).matches()) {
            header.words(phrase);
        } else {
            header.word('"' + phrase.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
        }
        return header.word("<" + address + ">").end();
    }

    private static String inOneLine(String value) {
        String wellFormed = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return BREAKS.matcher(wellFormed).replaceAll(" ");
    }

    private void words(String text) {
        int start = 0;
        for (int space = text.indexOf(' '); space >= 0; space = text.indexOf(' ', start)) {
            word(text.substring(start, space));
            start = space + 1;
        }
        word(text.substring(start));
    }

    private HeaderText word(String word) {
        if (column() + 1 + word.length() > LINE) {
            fold();
        }
        line.append(' ').append(word);
        return this;
    }

    /** The space between two encoded words is not part of the text (RFC 2047, 6.2). */
    private void encodedWords(String text) {
        boolean base64 = Encoding.isShorterInBase64(text);
        int start = 0;
        while (start < text.length()) {
            if (start > 0) {
                fold();
            }
            int room = LINE - column() - 1 - ENCODED_WORD_FRAME;
            int end = Encoding.endOfWhatFits(text, start, room, base64);
            String part = text.substring(start, end);
            line.append(base64 ? " =?UTF-8?B?" : " =?UTF-8?Q?")
                    .append(base64 ? Encoding.base64(part) : Encoding.quoted(part))
                    .append("?=");
            start = end;
        }
    }

    private int column() {
        return line.length() - lineStart;
    }

    private void fold() {
        line.append("\r\n");
        lineStart = line.length();
    }

    private String end() {
        return line.append("\r\n").toString();
    }

    /** The encodings of RFC 2047, 4; of Q only what is allowed in a phrase too. */
    private static final class Encoding {

        private static final String HEX = "0123456789ABCDEF";

        static boolean isShorterInBase64(String text) {
            byte[] octets = text.getBytes(StandardCharsets.UTF_8);
            int quoted = 0;
            for (byte octet : octets) {
                quoted += lengthQuoted(octet);
            }
            return quoted > octets.length * 4 / 3 + 3;
        }

        static int endOfWhatFits(String text, int start, int room, boolean base64) {
            int end = start;
            int used = 0;
            while (end < text.length()) {
                int next = end + Character.charCount(text.codePointAt(end));
                int length = 0;
                for (byte octet : text.substring(end, next).getBytes(StandardCharsets.UTF_8)) {
                    length += base64 ? 1 : lengthQuoted(octet);
                }
                if (used + length > (base64 ? room / 4 * 3 : room)) {
                    break;
                }
                used += length;
                end = next;
            }
            return end;
        }

        static String base64(String text) {
            return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        static String quoted(String text) {
            StringBuilder quoted = new StringBuilder(LINE);
            for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
                if (octet == ' ') {
                    quoted.append('_');
                } else if (lengthQuoted(octet) == 1) {
                    quoted.append((char) octet);
                } else {
                    quoted.append('=').append(HEX.charAt((octet >> 4) & 0xF)).append(HEX.charAt(octet & 0xF));
                }
            }
            return quoted.toString();
        }

        private static int lengthQuoted(byte octet) {
            boolean stays = (octet >= 'a' && octet <= 'z')
                    || (octet >= 'A' && octet <= 'Z')
                    || (octet >= '0' && octet <= '9')
                    || " !*+-/".indexOf(octet) >= 0;
            return stays ? 1 : 3;
        }
    }
}
