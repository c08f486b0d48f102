package dev.tidings.adapters.eventstore;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Rows as PostgreSQL's COPY takes them in its binary format (manual, COPY, "Binary Format"). */
final class CopyData {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int NO_FLAGS = 0;
    private static final int NO_EXTENSION = 0;
    private static final int NULL = -1;
    private static final int END = -1;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(8_192);
    private final DataOutputStream out = new DataOutputStream(bytes);

    private interface Writing {
        void run() throws IOException;
    }

    CopyData() {
        write(() -> {
            out.write(SIGNATURE);
            out.writeInt(NO_FLAGS);
            out.writeInt(NO_EXTENSION);
        });
    }

    /** So many fields follow, in the order of the statement's columns. */
    CopyData row(int fields) {
        return write(() -> out.writeShort(fields));
    }

    CopyData text(@Nullable String value) {
        return value == null ? write(() -> out.writeInt(NULL)) : bytea(value.getBytes(StandardCharsets.UTF_8));
    }

    CopyData bytea(byte[] value) {
        return write(() -> {
            out.writeInt(value.length);
            out.write(value);
        });
    }

    CopyData int8(long value) {
        return write(() -> {
            out.writeInt(Long.BYTES);
            out.writeLong(value);
        });
    }

    /** All rows; none may follow. */
    byte[] end() {
        write(() -> out.writeShort(END));
        return bytes.toByteArray();
    }

    private CopyData write(Writing writing) {
        try {
            writing.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
