package dev.tidings.adapters.mail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** A text as the body of a MIME entity, in the shortest encoding (RFC 2045, 6) that every relay carries unchanged. */
final class BodyText {

    /** RFC 5322, 2.1.1. */
    private static final int LONGEST_LINE = 998;

    /** RFC 2045, 6.7, rule 5. */
    private static final int LONGEST_QUOTED_LINE = 76;

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private final byte[] octets;
    private final int length;
    private final int foreign;
    private final boolean fitsAsItIs;

    /** Makes every line break CRLF. */
    BodyText(String text) {
        byte[] given = text.getBytes(StandardCharsets.UTF_8);
        byte[] canonical = new byte[given.length + given.length / 16 + 16];
        int to = 0;
        int lineStart = 0;
        int longest = 0;
        int notAscii = 0;
        boolean controls = false;
        for (int from = 0; from < given.length; from++) {
            byte octet = given[from];
            if (to + 2 > canonical.length) {
                canonical = Arrays.copyOf(canonical, canonical.length * 2);
            }
            if (octet == '\n' || octet == '\r') {
                if (octet == '\r' && from + 1 < given.length && given[from + 1] == '\n') {
                    from++;
                }
                longest = Math.max(longest, to - lineStart);
                canonical[to++] = '\r';
                canonical[to++] = '\n';
                lineStart = to;
            } else {
                notAscii += octet < 0 ? 1 : 0;
                controls |= (octet >= 0 && octet < ' ' && octet != '\t') || octet == 0x7f;
                canonical[to++] = octet;
            }
        }
        this.octets = canonical;
        this.length = to;
        this.foreign = notAscii;
        this.fitsAsItIs = notAscii == 0 && !controls && Math.max(longest, to - lineStart) <= LONGEST_LINE;
    }

    void writeTo(Octets out, String subtype) {
        out.ascii("Content-Type: text/").ascii(subtype).ascii("; charset=UTF-8\r\nContent-Transfer-Encoding: ");
        if (fitsAsItIs) {
            out.ascii("7bit\r\n\r\n").append(octets, length);
        } else if (foreign * 5 < length) {
            writeQuoted(out.ascii("quoted-printable\r\n\r\n"));
        } else {
            byte[] encoded = Base64.getMimeEncoder().encode(Arrays.copyOf(octets, length));
            out.ascii("base64\r\n\r\n").append(encoded, encoded.length);
        }
    }

    private void writeQuoted(Octets out) {
        int column = 0;
        for (int i = 0; i < length; i++) {
            byte octet = octets[i];
            if (octet == '\r') {
                out.append('\r').append('\n');
                i++;
                column = 0;
                continue;
            }
            boolean stays = (octet > ' ' && octet < 0x7f && octet != '=')
                    || ((octet == ' ' || octet == '\t') && i + 1 < length && octets[i + 1] != '\r');
            int width = stays ? 1 : 3;
            if (column + width >= LONGEST_QUOTED_LINE) {
                out.append('=').append('\r').append('\n');
                column = 0;
            }
            column += width;
            if (stays) {
                out.append(octet);
            } else {
                out.append('=').append(HEX[(octet >> 4) & 0xF]).append(HEX[octet & 0xF]);
            }
        }
    }
}
