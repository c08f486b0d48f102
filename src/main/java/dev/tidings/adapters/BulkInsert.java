package dev.tidings.adapters;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
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
public final class BulkInsert {

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
    private int rows;

    private interface Writing {
        void run() throws IOException;
    }

    private BulkInsert(String table, String... columns) {
        this.statement = "copy " + table + " (" + String.join(", ", columns) + ") from stdin (format binary)";
        this.columns = columns.length;
        write(() -> {
            out.write(SIGNATURE);
            out.writeInt(NO_FLAGS);
            out.writeInt(NO_EXTENSION);
        });
    }

    public static BulkInsert into(String table, String... columns) {
        return new BulkInsert(table, columns);
    }

    public BulkInsert row() {
        rows++;
        return write(() -> out.writeShort(columns));
    }

    /** The value's text. */
    public BulkInsert text(@Nullable Object value) {
        return value == null ? none() : bytea(value.toString().getBytes(StandardCharsets.UTF_8));
    }

    public BulkInsert bytea(byte[] value) {
        return write(() -> {
            out.writeInt(value.length);
            out.write(value);
        });
    }

    public BulkInsert uuid(UUID value) {
        return write(() -> {
            out.writeInt(2 * Long.BYTES);
            out.writeLong(value.getMostSignificantBits());
            out.writeLong(value.getLeastSignificantBits());
        });
    }

    public BulkInsert int2(int value) {
        return write(() -> {
            out.writeInt(Short.BYTES);
            out.writeShort(value);
        });
    }

    public BulkInsert int4(int value) {
        return write(() -> {
            out.writeInt(Integer.BYTES);
            out.writeInt(value);
        });
    }

    public BulkInsert int8(long value) {
        return write(() -> {
            out.writeInt(Long.BYTES);
            out.writeLong(value);
        });
    }

    /** Rounded to microseconds as PostgreSQL rounds what it is given as a text: the same time is the same value. */
    public BulkInsert timestamptz(@Nullable Instant value) {
        return value == null ? none() : int8(microseconds(value));
    }

    private static long microseconds(Instant value) {
        long seconds = value.getEpochSecond() - EPOCH.getEpochSecond();
        return seconds * 1_000_000 + (long) Math.rint(value.getNano() / 1e9 * 1e6);
    }

    public BulkInsert jsonb(@Nullable String json) {
        if (json == null) {
            return none();
        }
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        return write(() -> {
            out.writeInt(1 + text.length);
            out.writeByte(JSONB_VERSION);
            out.write(text);
        });
    }

    /** A value of the type that PostgreSQL calls so: text, uuid, int2, int4, int8 or timestamptz. */
    public BulkInsert value(String type, @Nullable Object value) {
        if (value == null) {
            return none();
        }
        return switch (type) {
            case "text" -> text(value);
            case "uuid" -> uuid((UUID) value);
            case "int2" -> int2(((Number) value).intValue());
            case "int4" -> int4(((Number) value).intValue());
            case "int8" -> int8(((Number) value).longValue());
            case "timestamptz" -> timestamptz((Instant) value);
            default -> throw new IllegalArgumentException("No value of type " + type + " can be written");
        };
    }

    private BulkInsert none() {
        return write(() -> out.writeInt(NULL));
    }

    /** Inserts all rows, in the running transaction; nothing may be added after that. */
    public void run(JdbcTemplate jdbc) {
        if (rows > 0) {
            byte[] data = finished();
            jdbc.execute((Connection connection) -> copy(connection, data));
        }
    }

    /**
     * Inserts all rows, or none if one is there already; in the running transaction, which goes on in both cases.
     *
     * @return whether they were inserted
     */
    public boolean runIfNew(JdbcTemplate jdbc) {
        if (rows == 0) {
            return true;
        }
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

    private BulkInsert write(Writing writing) {
        try {
            writing.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
