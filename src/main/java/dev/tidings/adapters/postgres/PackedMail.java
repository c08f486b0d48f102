package dev.tidings.adapters.postgres;

import dev.tidings.application.notification.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The text and the HTML of a mail in a fraction of their length: they say the same, in markup that is much the same in
 * each. What isn't written once need not be logged, replayed, checked and copied once more by a standby either.
 *
 * <p>The format is zlib's (RFC 1950), with a dictionary of what comes in most mails. The stream says which dictionary it
 * needs (FDICT), so that a better one can be added. One that was used is needed for as long as there are such rows.
 */
public final class PackedMail {

    /** No text that is accepted has it. */
    private static final char BETWEEN = '\0';

    private static final int ROOM = 4_096;
    private static final byte[] DICTIONARY = dictionary("/packing/mail-1.html");

    private PackedMail() {}

    /** Packs one mail after the other, in memory that isn't the heap's; for one thread. */
    public static final class Packer implements AutoCloseable {

        private byte[] room = new byte[ROOM];
        /** Takes a quarter of a megabyte; from when it is needed. */
        private @Nullable Deflater deflater;

        /**
         * Nothing for what has only a text, which stays readable.
         *
         * @throws IllegalArgumentException when the mail has a character U+0000, as any other text of a row that has one
         */
        public byte @Nullable [] packed(Message message) {
            String html = message.html();
            return html == null ? null : packed(message.text(), html);
        }

        private byte[] packed(String text, String html) {
            if (text.indexOf(BETWEEN) >= 0 || html.indexOf(BETWEEN) >= 0) {
                throw new IllegalArgumentException("a mail can't be stored with a character U+0000 in it");
            }
            Deflater deflater = ready();
            deflater.setDictionary(DICTIONARY);
            deflater.setInput((text + BETWEEN + html).getBytes(StandardCharsets.UTF_8));
            deflater.finish();
            int length = 0;
            while (!deflater.finished()) {
                if (length == room.length) {
                    room = Arrays.copyOf(room, 2 * length);
                }
                length += deflater.deflate(room, length, room.length - length);
            }
            return Arrays.copyOf(room, length);
        }

        private Deflater ready() {
            Deflater ready = deflater;
            if (ready == null) {
                ready = new Deflater(Deflater.BEST_SPEED);
                deflater = ready;
            } else {
                ready.reset();
            }
            return ready;
        }

        @Override
        public void close() {
            if (deflater != null) {
                deflater.end();
            }
        }
    }

    record Bodies(String text, String html) {}

    /** @throws IllegalStateException when it isn't a mail that was packed here */
    static Bodies unpacked(byte[] packed) {
        String bodies = inflated(packed);
        int between = bodies.indexOf(BETWEEN);
        if (between < 0) {
            throw new IllegalStateException("a packed mail has no HTML");
        }
        return new Bodies(bodies.substring(0, between), bodies.substring(between + 1));
    }

    private static String inflated(byte[] packed) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            byte[] room = new byte[ROOM];
            ByteArrayOutputStream bodies = new ByteArrayOutputStream(ROOM);
            while (!inflater.finished()) {
                int read = inflater.inflate(room);
                bodies.write(room, 0, read);
                if (inflater.needsDictionary()) {
                    inflater.setDictionary(DICTIONARY);
                } else if (inflater.needsInput() && read == 0) {
                    throw new IllegalStateException("a packed mail ends too soon");
                }
            }
            return bodies.toString(StandardCharsets.UTF_8);
        } catch (DataFormatException | IllegalArgumentException e) {
            throw new IllegalStateException("a packed mail can't be read", e);
        } finally {
            inflater.end();
        }
    }

    private static byte[] dictionary(String resource) {
        try (InputStream in = Objects.requireNonNull(PackedMail.class.getResourceAsStream(resource), resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
