package dev.tidings.adapters;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
import org.postgresql.copy.PGCopyOutputStream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * New rows of a PostgreSQL table, sent by COPY in its binary format (manual, COPY, "Binary Format"). That costs the
 * database two thirds of what as many inserted rows do, and it writes one record of its log for a page of them, not one
 * for each. A row is begun by {@link #row}; its values follow in the order of the columns. They are sent while they are
 * written, so that nothing as large as all of them is ever in memory.
 */
final class BulkInsert {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int NO_FLAGS = 0;
    private static final int NO_EXTENSION = 0;
    private static final int NULL = -1;
    private static final int END = -1;
    private static final int SENT_TOGETHER = 32 * 1_024;
    private static final int JSONB_VERSION = 1;

    /** PostgreSQL's code (manual, Appendix A). */
    private static final String UNIQUE_VIOLATION = "23505";

    /** PostgreSQL's times count from here. */
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private final int columns;
    private final DataOutputStream out;

    /** Writes rows one after the other. */
    interface Rows {
        void writeTo(BulkInsert copy) throws IOException;
    }

    private BulkInsert(int columns, OutputStream out) {
        this.columns = columns;
        this.out = new DataOutputStream(out);
    }

    /** In the running transaction. */
    static void insert(String table, List<String> columns, Rows rows, JdbcTemplate jdbc) {
        jdbc.execute((Connection connection) -> copy(connection, table, columns, rows));
    }

    /**
     * All rows, or none if one is there already; in the running transaction, which goes on in both cases.
     *
     * @return whether they were inserted
     */
    static boolean insertIfNew(String table, List<String> columns, Rows rows, JdbcTemplate jdbc) {
        return Boolean.TRUE.equals(
                jdbc.execute((Connection connection) -> copyIfNew(connection, table, columns, rows)));
    }

    private static boolean copyIfNew(Connection connection, String table, List<String> columns, Rows rows)
            throws SQLException {
        Savepoint before = connection.setSavepoint("before_rows");
        try {
            copy(connection, table, columns, rows);
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

    private static long copy(Connection connection, String table, List<String> columns, Rows rows) throws SQLException {
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + table + " (" + String.join(", ", columns) + ") from stdin (format binary)");
        try {
            PGCopyOutputStream out = new PGCopyOutputStream(copy, SENT_TOGETHER);
            new BulkInsert(columns.size(), out).all(rows);
            return out.endCopy();
        } catch (SQLException | RuntimeException e) {
            cancel(copy, e);
            throw e;
        } catch (IOException e) {
            SQLException failure = e.getCause() instanceof SQLException refused ? refused : new SQLException(e);
            cancel(copy, failure);
            throw failure;
        }
    }

    private static void cancel(CopyIn copy, Exception failure) {
        try {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private void all(Rows rows) throws IOException {
        out.write(SIGNATURE);
        out.writeInt(NO_FLAGS);
        out.writeInt(NO_EXTENSION);
        rows.writeTo(this);
        out.writeShort(END);
    }

    void row() throws IOException {
        out.writeShort(columns);
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
