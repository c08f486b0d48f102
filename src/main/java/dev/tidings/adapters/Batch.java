package dev.tidings.adapters;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCreator;

/**
 * Many rows in one statement: a column of them is one array parameter, which the SQL unnests. The statement's text
 * doesn't depend on how many rows there are, so that it is planned once. New rows of a table may be copied in, too.
 */
public final class Batch<T> {

    /** Copying costs the database less a row, but two round trips instead of one. */
    private static final int WORTH_COPYING = 20;

    private final Collection<T> rows;
    private final List<Column<T>> columns = new ArrayList<>();

    private record Column<T>(String name, String type, Function<T, ? extends @Nullable Object> value) {}

    private Batch(Collection<T> rows) {
        this.rows = rows;
    }

    public static <T> Batch<T> of(Collection<T> rows) {
        return new Batch<>(rows);
    }

    /** {@code value} may yield null; what is neither bytes nor a number is written as its text. */
    public Batch<T> with(String type, Function<T, ? extends @Nullable Object> value) {
        return with("", type, value);
    }

    /**
     * A column of a table: text, uuid, int2, int4, int8, timestamptz, bytea or jsonb.
     *
     * @param value may yield null; else the type's own value, as it is written without a text in between
     */
    public Batch<T> with(String name, String type, Function<T, ? extends @Nullable Object> value) {
        columns.add(new Column<>(name, type, value));
        return this;
    }

    /** {@code more} are parameters that come after the columns. */
    public int update(JdbcTemplate jdbc, String sql, Object... more) {
        return rows.isEmpty() ? 0 : jdbc.update(statement(sql, more));
    }

    public PreparedStatementCreator statement(String sql, Object... more) {
        return connection -> {
            PreparedStatement statement = connection.prepareStatement(sql);
            for (int i = 0; i < columns.size(); i++) {
                statement.setArray(i + 1, connection.createArrayOf(columns.get(i).type, values(columns.get(i))));
            }
            for (int i = 0; i < more.length; i++) {
                statement.setObject(columns.size() + i + 1, more[i]);
            }
            return statement;
        };
    }

    /** Inserts all rows, in the running transaction if there is one. */
    public void insertInto(String table, JdbcTemplate jdbc) {
        if (isWorthCopying()) {
            into(table).insert(jdbc);
        } else {
            update(
                    jdbc,
                    "insert into " + table + " (" + each(column -> column.name) + ") select * from unnest("
                            + each(_ -> "?") + ")");
        }
    }

    /**
     * Inserts all rows, or none if one is there already; in the running transaction, which goes on in both cases.
     *
     * @return whether they were inserted
     */
    public boolean copyIfNew(String table, JdbcTemplate jdbc) {
        return rows.isEmpty() || into(table).insertIfNew(jdbc);
    }

    public boolean isWorthCopying() {
        return rows.size() >= WORTH_COPYING;
    }

    private BulkInsert into(String table) {
        return new BulkInsert(table, columns.stream().map(Column::name).toList(), this::writeTo);
    }

    private void writeTo(CopiedRows copy) throws IOException {
        for (T row : rows) {
            copy.row();
            for (Column<T> column : columns) {
                copy.value(column.type, column.value.apply(row));
            }
        }
    }

    private String each(Function<Column<T>, String> text) {
        return columns.stream().map(text).collect(joining(", "));
    }

    /** As strings, columns of text go to the database as they are; all others as a text that it has to parse. */
    private @Nullable Object[] values(Column<T> column) {
        @Nullable Object[] values = switch (column.type) {
            case "text" -> new String[rows.size()];
            case "bytea" -> new byte[rows.size()][];
            default -> new Object[rows.size()];
        };
        int i = 0;
        for (T row : rows) {
            values[i++] = element(column.value.apply(row));
        }
        return values;
    }

    private static @Nullable Object element(@Nullable Object value) {
        return value == null || value instanceof byte[] || value instanceof Number || value instanceof Boolean
                ? value
                : value.toString();
    }
}
