package dev.tidings.adapters;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.FastByteArrayOutputStream;

/**
 * New rows of a PostgreSQL table, sent by COPY in its binary format (manual, COPY, "Binary Format"). That costs the
 * database two thirds of what as many inserted rows do, and it writes one record of its log for a page of them, not one
 * for each. A row is begun by {@link #row}; its values follow in the order of the columns.
 */
final class BulkInsert {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int NO_FLAGS = 0;
    private static final int NO_EXTENSION = 0;
    private static final int NULL = -1;
    private static final int END = -1;
    private static final int FIRST_BLOCK = 32 * 1_024;
    private static final int JSONB_VERSION = 1;

    /** PostgreSQL's code (manual, Appendix A). */
    private static final String UNIQUE_VIOLATION = "23505";

    /** PostgreSQL's times count from here. */
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private final String statement;
    private final int columns;
    private final FastByteArrayOutputStream bytes = new FastByteArrayOutputStream(FIRST_BLOCK);
    private final DataOutputStream out = new DataOutputStream(bytes);

    private interface Writing {
        void run() throws IOException;
    }

    BulkInsert(String table, List<String> columns) {
        this.statement = "copy " + table + " (" + String.join(", ", columns) + ") from stdin (format binary)";
        this.columns = columns.size();
        write(() -> {
            out.write(SIGNATURE);
            out.writeInt(NO_FLAGS);
            out.writeInt(NO_EXTENSION);
        });
    }

    void row() {
        write(() -> out.writeShort(columns));
    }

    /** A value of the type that PostgreSQL calls so. */
    void value(String type, @Nullable Object value) {
        if (value == null) {
            write(() -> out.writeInt(NULL));
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

    private void bytea(byte[] value) {
        write(() -> {
            out.writeInt(value.length);
            out.write(value);
        });
    }

    private void uuid(UUID value) {
        write(() -> {
            out.writeInt(2 * Long.BYTES);
            out.writeLong(value.getMostSignificantBits());
            out.writeLong(value.getLeastSignificantBits());
        });
    }

    private void int2(int value) {
        write(() -> {
            out.writeInt(Short.BYTES);
            out.writeShort(value);
        });
    }

    private void int4(int value) {
        write(() -> {
            out.writeInt(Integer.BYTES);
            out.writeInt(value);
        });
    }

    private void int8(long value) {
        write(() -> {
            out.writeInt(Long.BYTES);
            out.writeLong(value);
        });
    }

    /** Rounded to microseconds as PostgreSQL rounds what it is given as a text: the same time is the same value. */
    private static long microseconds(Instant value) {
        long seconds = value.getEpochSecond() - EPOCH.getEpochSecond();
        return seconds * 1_000_000 + (long) Math.rint(value.getNano() / 1e9 * 1e6);
    }

    private void jsonb(byte[] text) {
        write(() -> {
            out.writeInt(1 + text.length);
            out.writeByte(JSONB_VERSION);
            out.write(text);
        });
    }

    /** Inserts all rows, in the running transaction; nothing may be added after that. */
    void run(JdbcTemplate jdbc) {
        byte[] data = finished();
        jdbc.execute((Connection connection) -> copy(connection, data));
    }

    /**
     * Inserts all rows, or none if one is there already; in the running transaction, which goes on in both cases.
     *
     * @return whether they were inserted
     */
    boolean runIfNew(JdbcTemplate jdbc) {
        byte[] data = finished();
        return Boolean.TRUE.equals(jdbc.execute((Connection connection) -> copyIfNew(connection, data)));
    }

    private byte[] finished() {
        write(() -> out.writeShort(END));
        return bytes.toByteArrayUnsafe();
    }

    private boolean copyIfNew(Connection connection, byte[] data) throws SQLException {
        Savepoint before = connection.setSavepoint("before_rows");
        try {
            copy(connection, data);
        } catch (SQLException e) {
            if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                connection.rollback(before);
                return false;
            }
            throw e;
        }
        connection.releaseSavepoint(before);
        return true;
    }

    private long copy(Connection connection, byte[] data) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
        try {
            copy.writeToCopy(data, 0, data.length);
            return copy.endCopy();
        } catch (SQLException e) {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
            throw e;
        }
    }

    private static void write(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
