package dev.tidings.adapters;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the binary format of PostgreSQL's COPY (manual, COPY, "Binary Format"). A row is begun by {@link #row}; its
 * values follow in the order of the columns. The rows are between {@link #begin} and {@link #end}.
 */
final class CopiedRows {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int NO_FLAGS = 0;
    private static final int NO_EXTENSION = 0;
    private static final int NULL = -1;
    private static final int END = -1;
    private static final int JSONB_VERSION = 1;

    /** PostgreSQL's times count from here. */
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private final int columns;
    private final DataOutputStream out;

    CopiedRows(int columns, OutputStream out) {
        this.columns = columns;
        this.out = new DataOutputStream(out);
    }

    void begin() throws IOException {
        out.write(SIGNATURE);
        out.writeInt(NO_FLAGS);
        out.writeInt(NO_EXTENSION);
    }

    void row() throws IOException {
        out.writeShort(columns);
    }

    void end() throws IOException {
        out.writeShort(END);
    }

    /** A value of the type that PostgreSQL calls so. */
    void value(String type, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeInt(NULL);
            return;
        }
        switch (type) {
            case "text" -> bytea(utf8(value));
            case "bytea" -> bytea((byte[]) value);
            case "uuid" -> uuid((UUID) value);
            case "int2" -> int2(((Number) value).intValue());
            case "int4" -> int4(((Number) value).intValue());
            case "int8" -> int8(((Number) value).longValue());
            case "timestamptz" -> int8(microseconds((Instant) value));
            case "jsonb" -> jsonb(utf8(value));
            default -> throw new IllegalArgumentException("No value of type " + type + " can be written");
        }
    }

    private static byte[] utf8(Object value) {
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void bytea(byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    private void uuid(UUID value) throws IOException {
        out.writeInt(2 * Long.BYTES);
        out.writeLong(value.getMostSignificantBits());
        out.writeLong(value.getLeastSignificantBits());
    }

    private void int2(int value) throws IOException {
        out.writeInt(Short.BYTES);
        out.writeShort(value);
    }

    private void int4(int value) throws IOException {
        out.writeInt(Integer.BYTES);
        out.writeInt(value);
    }

    private void int8(long value) throws IOException {
        out.writeInt(Long.BYTES);
        out.writeLong(value);
    }

    /** Rounded to microseconds as PostgreSQL rounds what it is given as a text: the same time is the same value. */
    private static long microseconds(Instant value) {
        long seconds = value.getEpochSecond() - EPOCH.getEpochSecond();
        return seconds * 1_000_000 + (long) Math.rint(value.getNano() / 1e9 * 1e6);
    }

    private void jsonb(byte[] text) throws IOException {
        out.writeInt(1 + text.length);
        out.writeByte(JSONB_VERSION);
        out.write(text);
    }
}
