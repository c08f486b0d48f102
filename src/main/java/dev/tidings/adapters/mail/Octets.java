package dev.tidings.adapters.mail;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A message as it is being written. */
final class Octets {

    private byte[] octets = new byte[4096];
    private int length;

    Octets ascii(String text) {
        byte[] added = text.getBytes(StandardCharsets.US_ASCII);
        return append(added, added.length);
    }

    Octets append(byte[] added, int count) {
        makeRoomFor(count);
        System.arraycopy(added, 0, octets, length, count);
        length += count;
        return this;
    }

    Octets append(int octet) {
        makeRoomFor(1);
        octets[length++] = (byte) octet;
        return this;
    }

    /** Ends the last line if it has no end yet. */
    Octets endLine() {
        return length > 0 && octets[length - 1] == '\n' ? this : ascii("\r\n");
    }

    private void makeRoomFor(int count) {
        if (length + count > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, length + count));
        }
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(octets, 0, length);
    }
}
